/**
 * Compares two forms part by part, and proves what it says.
 *
 * <p>Called by {@link dev.waybill.compare.Comparison} alone. {@link dev.waybill.compare.walk.Walker} finds the differences
 * and the rule for each; {@link dev.waybill.compare.walk.Proof} then applies exactly the rules that were named to each side
 * and hashes what is left. Always true: a benign verdict stands only when the two hashes are equal; if they are not, that is
 * a functional finding of its own. Both read in the order of names, never of hash tables or clocks, so that the same inputs
 * give the same result.
 */
@NullMarked
package dev.waybill.compare.walk;

import org.jspecify.annotations.NullMarked;
