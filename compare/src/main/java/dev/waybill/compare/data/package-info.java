/**
 * Data and text: JSON, XML, YAML, and text for people.
 *
 * <p>Always true: only what the format's own specification calls insignificant is dropped. Where readers are known to act on
 * it all the same (order of {@code exports} in a package.json, white space in mixed content, order of elements) it counts.
 */
@NullMarked
package dev.waybill.compare.data;

import org.jspecify.annotations.NullMarked;
