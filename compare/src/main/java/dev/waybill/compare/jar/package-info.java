/**
 * What stands in jars beside classes: manifests, properties, lists of providers, signatures.
 *
 * <p>Told by the name in the archive. Always true: an attribute or key that no rule names counts; order counts wherever a
 * reader takes the first that fits (providers, class paths); a commit id that differs is functional, since it says that the
 * source was another one.
 */
@NullMarked
package dev.waybill.compare.jar;

import org.jspecify.annotations.NullMarked;
