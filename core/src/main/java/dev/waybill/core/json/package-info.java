/**
 * The one way in and out of JSON. Strict on the way in (RFC 8259 without its freedoms: no duplicate members, no byte
 * order mark, no ill-formed UTF-8, no coercion, no absent members, bounded depth and size), stable on the way out.
 */
@NullMarked
package dev.waybill.core.json;

import org.jspecify.annotations.NullMarked;
