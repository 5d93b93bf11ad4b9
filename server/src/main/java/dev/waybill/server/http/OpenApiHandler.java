package dev.waybill.server.http;

import dev.waybill.api.ProblemBody;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** The description of every route (OpenAPI 3.1) as this version was released with it; open to all, for it says nothing of the data. */
public final class OpenApiHandler {
    private static final String FILE = "openapi.yaml";

    public void addTo(Routes routes) {
        routes.get("/api/openapi.yaml", Permit.anyone(), OpenApiHandler::describe);
    }

    private static void describe(Call call) throws IOException {
        try (InputStream in = Objects.requireNonNull(ProblemBody.class.getResourceAsStream(FILE), FILE)) {
            call.header("Cache-Control", "no-cache");
            call.send(200, "application/yaml", in.readAllBytes());
        }
    }
}
