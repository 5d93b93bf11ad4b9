/**
 * Merkle mathematics of the ledger: hashing (RFC 6962 section 2.1, SHA-256 only), inclusion and consistency proofs, the
 * compact range that lets a log grow without reading itself, and the arithmetic of C2SP tlog-tiles.
 *
 * <p>Pure: bytes in, bytes out. Everyone may call it; it calls only {@code core.name} and {@code core.problem}. Always true: a proof that does
 * not verify throws {@code INCLUSION_INVALID} or {@code CONSISTENCY_INVALID}, nothing here returns "false but go on"; the
 * bytes of a tile depend only on the entries before its end, so writing one twice writes the same bytes.
 */
@NullMarked
package dev.waybill.core.merkle;

import org.jspecify.annotations.NullMarked;
