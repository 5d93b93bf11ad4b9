/**
 * The OCI distribution protocol (distribution-spec, main): everything under {@code /v2/}, from the raw path to bytes, ranges
 * and headers.
 *
 * <p>Beside it stands what moving whole repositories takes: all that one lists, and where something was copied from.
 *
 * <p>Called by clients over HTTP alone. Asks registry for what is there and tag for the lists of tags, and decides nothing
 * itself. Always true: a path is parsed by {@link dev.waybill.server.distribution.OciRoute} before anything else looks at it,
 * and is exactly one route or refused; permission and pull limit are asked before the first byte; exact bytes and types go
 * out as they came in; a miss and a denial look alike where a difference would tell what others have.
 */
@NullMarked
package dev.waybill.server.distribution;

import org.jspecify.annotations.NullMarked;
