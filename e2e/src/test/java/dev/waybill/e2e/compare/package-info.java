/**
 * Real jars and images with seeded changes, judged by the compare library.
 *
 * <p>Two numbers: how many functional edits are called benign (none may be), and how many harmless changes are called
 * metadata. {@code -Dwaybill.compare.jars=50} takes 50 jars, {@code -Dwaybill.compare.seed=N} other random numbers; each
 * failure names kind, jar and seed.
 */
@NullMarked
package dev.waybill.e2e.compare;

import org.jspecify.annotations.NullMarked;
