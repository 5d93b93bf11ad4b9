/**
 * Promotions, approvals, marks and rollbacks: who may go where, decided from verified statements about the digest alone, and
 * kept as signed verification summaries, passed or failed.
 *
 * <p>Asks history what the gates decide from, writes release, keeps and permits, and calls configuration, artifact and the
 * floor. Called by its own routes and, for people at a browser, by ui. Always true: a release follows only from a passed
 * evaluation that still holds inside the transaction that makes it; its summary, its statement and its row commit together;
 * what cannot be verified stops every decision that would read it.
 */
@NullMarked
package dev.waybill.server.promotion;

import org.jspecify.annotations.NullMarked;
