/**
 * Answers to "what is running, why, since when, where does it come from, what differs". Read models only. Always true:
 * each fact says whether it is verified (a statement in the ledger, signed by a key of the right role) or only claimed,
 * and approved, commanded and observed are never merged.
 */
@NullMarked
package dev.waybill.api.insight;

import org.jspecify.annotations.NullMarked;
