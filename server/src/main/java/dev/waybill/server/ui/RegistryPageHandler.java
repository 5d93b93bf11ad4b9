package dev.waybill.server.ui;

import dev.waybill.server.http.Call;
import dev.waybill.server.http.Permit;
import dev.waybill.server.http.Routes;
import dev.waybill.server.identity.Permission;
import dev.waybill.server.page.Page;
import dev.waybill.server.page.Visit;
import java.io.IOException;

/** The registry for whoever runs the server: what it holds, what goes next and why, what comes back, and who waits. */
final class RegistryPageHandler {
    private final Yard yard;
    private final Visit visit;

    RegistryPageHandler(Yard yard, Visit visit) {
        this.yard = yard;
        this.visit = visit;
    }

    void addTo(Routes routes) {
        routes.get("/registry", Permit.need(Permission.ADMINISTER), this::page);
    }

    private void page(Call call) throws IOException {
        Page.of("registry", visit.frame(call, "Registry"))
                .with("registry", yard.look())
                .send(call);
    }
}
