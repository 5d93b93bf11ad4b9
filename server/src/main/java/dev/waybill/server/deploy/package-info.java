/**
 * Where agents meet the server: what shall run in each slot, what agents say happened and what they see running; and what
 * somebody claims that another tool deployed.
 *
 * <p>Called over HTTP alone; what it logs is read from the ledger and its rows by running and history. Asks agent who somebody
 * is and which targets they have, configuration for values, artifact for what a claim names. What shall run is followed from
 * release statements in the ledger. Always true: an agent gets the releases and secrets of its own slots only; a deployment or
 * observation is logged only when the agent's own key signed it, it is about one of its slots, and it continues the chain of its
 * target without a gap; a heartbeat is kept as the latest and is no fact; silence is shown as silence, never as the last known
 * state.
 */
@NullMarked
package dev.waybill.server.deploy;

import org.jspecify.annotations.NullMarked;
