/**
 * The edge: routes with the permission each one demands, the call as a handler sees it, and the one place where problems
 * become HTTP. With the {@code *Handler} classes the only code that knows the web library. Always true: no route exists
 * without a {@link dev.waybill.server.http.Permit}, and none is reached without the permission check.
 */
@NullMarked
package dev.waybill.server.http;

import org.jspecify.annotations.NullMarked;
