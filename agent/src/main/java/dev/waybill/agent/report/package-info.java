/**
 * What the agent says: deployments and observations, signed with its own key, numbered without gaps per target, and kept
 * until the server has them. Called by the agent; calls nobody.
 *
 * <p>Always true: number, previous hash and the queue change together in one durable write, so that a crash neither loses
 * a statement nor makes two with one number; statements leave in order; the same action is reported once.
 */
@NullMarked
package dev.waybill.agent.report;

import org.jspecify.annotations.NullMarked;
