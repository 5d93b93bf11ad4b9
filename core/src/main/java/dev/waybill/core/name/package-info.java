/**
 * The vocabulary: names, digests and references that cannot be wrong once they exist. Parsed at the edge, never checked
 * again.
 */
@NullMarked
package dev.waybill.core.name;

import org.jspecify.annotations.NullMarked;
