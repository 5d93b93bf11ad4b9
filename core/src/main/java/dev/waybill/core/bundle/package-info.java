/**
 * Sigstore bundles (protobuf-specs, sigstore_bundle.proto): the one file in which a statement travels with the proof that
 * the ledger holds it. One writer, of version 0.3 with a public key hint; one strict parser, of 0.1 to 0.3.
 *
 * <p>Parsing proves nothing: what comes out is well formed and within bounds, no more; {@code core.verify} decides. Always
 * true: exactly one signature, canonical base64 in either alphabet, indexes that are not negative, no log entry twice.
 */
@NullMarked
package dev.waybill.core.bundle;

import org.jspecify.annotations.NullMarked;
