/**
 * Promotions, approvals, marks, rollbacks and releases: who may go where, decided from verified statements about the digest
 * alone, and kept as signed verification summaries, passed or failed.
 *
 * <p>Calls artifact (references, keeps, permits), configuration and the floor. Called by deploy, which reads releases and
 * writes {@link dev.waybill.server.promotion.Targets}, and by insight. Always true: a release follows only from a passed
 * evaluation that still holds inside the transaction that makes it; its summary, its statement and its row commit together;
 * release numbers of a slot have no gaps; a statement whose signature does not verify stops every decision that would read
 * it, because what it said against the artifact is unknown.
 */
@NullMarked
package dev.waybill.server.promotion;

import org.jspecify.annotations.NullMarked;
