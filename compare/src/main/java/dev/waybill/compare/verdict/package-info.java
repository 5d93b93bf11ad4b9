/**
 * What is said about two artifacts: verdicts, rules, findings and suppressions.
 *
 * <p>Anyone may use these types; they know no format. Always true: a verdict is the worst of its findings and nothing else;
 * a rule has one id for ever, one verdict and one sentence that says why; what no rule names is functional, and what could
 * not be analysed is undecided and ranks worst. A suppression takes a finding out of the count, never out of the result.
 */
@NullMarked
package dev.waybill.compare.verdict;

import org.jspecify.annotations.NullMarked;
