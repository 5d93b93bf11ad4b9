/**
 * What the steps of a job do: their commands looked up in the table, followed into scripts, make targets and package
 * scripts of the tree, two levels deep.
 *
 * <p>Called by the checks. Always true: an effect says whether it was seen in a file or is presumed from a name; a step
 * of which neither can be said is opaque.
 */
@NullMarked
package dev.waybill.doctor.effect;

import org.jspecify.annotations.NullMarked;
