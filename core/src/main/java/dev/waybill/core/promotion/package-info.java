/**
 * One artifact on its way into one environment, as a state machine whose records' methods are the only legal transitions.
 * {@link dev.waybill.core.promotion.Promotion#decide} takes a state and an event and gives the next state, the facts to
 * sign and log, and what to do in the world; it does none of it.
 *
 * <p>Always true: a release follows only from a passed evaluation of this digest for this slot; a closed promotion never
 * opens again; what deploys carries the pass that let it through.
 *
 * <p>Called by the server's promotion and deploy rooms. Calls policy.
 */
@NullMarked
package dev.waybill.core.promotion;

import org.jspecify.annotations.NullMarked;
