/**
 * Where agents meet the server: invitations and enrolment, what shall run in each slot, what agents say happened and what
 * they see running.
 *
 * <p>Agents call it over HTTP, insight reads from it. It calls configuration for values and the floor. What shall run is
 * followed from release statements in the ledger. Always true: an agent gets the releases and secrets of its own slots
 * only; a deployment or observation is logged only when the agent's own key signed it, it is about one of its slots, and it
 * continues the chain of its target without a gap; a heartbeat is kept as the latest and is no fact; silence is shown as
 * silence, never as the last known state.
 */
@NullMarked
package dev.waybill.server.deploy;

import org.jspecify.annotations.NullMarked;
