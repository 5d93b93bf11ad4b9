/**
 * Gates and the decision whether one digest may enter one environment. Pure: everything that a gate reads stands in a
 * {@link dev.waybill.core.policy.History} of statements that somebody else has verified, and the time is an argument.
 *
 * <p>Always true: a gate that cannot tell does not pass. Taking a positive fact away never turns a refusal or a wait into
 * a pass, adding a negative fact (veto, hold, rejection, failed run or deployment) never allows more. Positive facts count
 * only inside the ledger prefix that was read completely; negative facts count wherever they stand. The ids of all
 * statements that a verdict rests on are listed with it.
 *
 * <p>Called by pipelines, promotions, the server's promotion room and anyone who explains a decision. Calls only names,
 * predicates and JSON.
 */
@NullMarked
package dev.waybill.core.policy;

import org.jspecify.annotations.NullMarked;
