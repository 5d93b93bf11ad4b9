/**
 * Insight: why something runs, since when, where it comes from, what differs. Read models only: it asks the rooms below
 * and the ledger and changes nothing. Called by its own handler and by the pages.
 *
 * <p>Always true: approved, commanded and observed are never merged; a fact is called verified only when a statement in the
 * ledger says it, signed by a key whose role may; an observation that nobody renewed in time is {@code unknown since T};
 * what an actor may not read is not in the answer.
 */
@NullMarked
package dev.waybill.server.insight;

import org.jspecify.annotations.NullMarked;
