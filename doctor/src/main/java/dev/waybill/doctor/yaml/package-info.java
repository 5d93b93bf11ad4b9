/**
 * YAML as nodes with places: anchors, merge keys (which YAML 1.2 engines leave alone) and tags are kept or applied,
 * nothing is constructed.
 *
 * <p>Called by the readers only. Always true: reading ends, however hostile the text: code points, nesting, aliases and
 * the number of nodes after expansion are bounded, cycles are refused with their place.
 */
@NullMarked
package dev.waybill.doctor.yaml;

import org.jspecify.annotations.NullMarked;
