package dev.waybill.server.http;

import dev.waybill.server.identity.Permission;
import dev.waybill.server.traffic.Meters;
import java.nio.charset.StandardCharsets;

/** The server's figures for Prometheus; for whoever reads everything, for they tell of every application. */
public final class MetricsHandler {
    private final Meters meters;

    public MetricsHandler(Meters meters) {
        this.meters = meters;
    }

    public void addTo(Routes routes) {
        routes.get("/metrics", Permit.need(Permission.MEASURE), this::figures);
    }

    private void figures(Call call) {
        call.header("Cache-Control", "no-store");
        call.send(200, "text/plain; version=0.0.4; charset=utf-8", meters.text().getBytes(StandardCharsets.UTF_8));
    }
}
