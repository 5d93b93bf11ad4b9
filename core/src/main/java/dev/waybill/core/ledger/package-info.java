/**
 * What stands in the ledger: for each statement one leaf, byte for byte the body of a Rekor v2 {@code hashedrekord} 0.0.2
 * entry over the DSSE pre-authentication encoding, so that stock sigstore and tlog-tiles tools verify it.
 *
 * <p>Pure. The server makes leaves from statements it signed or verified; every verifier makes the same leaf again from
 * the statement in its hands and never trusts a stored one. The leaf holds hashes and a public key, no text of anybody.
 */
@NullMarked
package dev.waybill.core.ledger;

import org.jspecify.annotations.NullMarked;
