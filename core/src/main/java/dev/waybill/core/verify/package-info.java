/**
 * The one verifier, the same in server, command line and agent. It knows only its own trust file ({@code TrustRoot}): which
 * log, which keys, what each may say, from which ledger position on; nothing found inside a proof adds to that.
 *
 * <p>Pure, no clock, no I/O: revocation, supersession and expiry are decided above it, from the ledger. Always true: the
 * checks run in one order, each on the bytes that the one before it verified; what comes back is a value that cannot be
 * made otherwise; everything else throws a problem with a stable code. There is no "invalid, but go on".
 */
@NullMarked
package dev.waybill.core.verify;

import org.jspecify.annotations.NullMarked;
