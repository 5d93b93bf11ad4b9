package dev.waybill.server.http;

import dev.waybill.api.ProblemBody;
import dev.waybill.core.json.Json;
import dev.waybill.core.problem.Problem;
import java.nio.ByteBuffer;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** What Jetty refuses before any route sees it (a malformed request line, an oversize header) gets our body, not its page. */
final class PlainErrors extends ErrorHandler {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        int status = response.getStatus() == 0 ? 500 : response.getStatus();
        Problem problem = new Problem.Malformed(
                "HTTP_INVALID",
                "Reading the HTTP request",
                "it was refused with status " + status + ".",
                "Send a well-formed HTTP/1.1 request.");
        response.getHeaders().put("Content-Type", "application/problem+json");
        response.write(true, ByteBuffer.wrap(Json.write(ProblemBody.of(status, problem))), callback);
        return true;
    }
}
