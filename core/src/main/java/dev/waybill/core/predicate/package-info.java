/**
 * What statements say. The standard predicates with the fields that Waybill reads and writes, and its own under
 * {@code https://waybill.dev/<name>/v1}. Plain records: shape and parsing only, no decisions.
 */
@NullMarked
package dev.waybill.core.predicate;

import org.jspecify.annotations.NullMarked;
