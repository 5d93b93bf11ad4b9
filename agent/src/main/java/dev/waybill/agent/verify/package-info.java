/**
 * What the agent demands before it acts: a passed verdict for exactly this digest in exactly this slot, and the release
 * that follows from it, both signed by keys it pinned at enrolment and included in a ledger that only ever grew.
 *
 * <p>Called by the agent. Always true: nothing that came beside a statement is believed; the checkpoint that was seen is
 * durable before anything is decided under it; whatever cannot be verified is refused with the verifier's own code.
 */
@NullMarked
package dev.waybill.agent.verify;

import org.jspecify.annotations.NullMarked;
