/**
 * What runs in each slot: approved, commanded and observed beside each other, with a word and a sentence that say whether
 * they agree. Reads the rows of the rooms below and the ledger and changes nothing.
 *
 * <p>Called by insight alone, for one slot or for a page of them. Always true: the three are never merged; an observation
 * that nobody renewed in time is {@code unknown since T}; a claim of another tool is told as a claim until somebody has seen
 * those bytes; a page costs a fixed number of queries, however many slots it shows.
 */
@NullMarked
package dev.waybill.server.running;

import org.jspecify.annotations.NullMarked;
