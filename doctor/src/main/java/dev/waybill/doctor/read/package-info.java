/**
 * One reader per provider, from its files to the common model.
 *
 * <p>Called by the doctor's front door. Always true: local reuse is resolved from the tree, nothing is fetched; reuse
 * that is not in the tree becomes an opaque step; expansion is bounded and what is cut off is noted.
 */
@NullMarked
package dev.waybill.doctor.read;

import org.jspecify.annotations.NullMarked;
