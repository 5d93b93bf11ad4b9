/** Writes {@code openapi.yaml} from the route table and the wire records, and fails when the file is another. {@code ./dev openapi} writes it anew. */
@NullMarked
package dev.waybill.server.openapi;

import org.jspecify.annotations.NullMarked;
