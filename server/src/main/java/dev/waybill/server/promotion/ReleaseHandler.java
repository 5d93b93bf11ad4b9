package dev.waybill.server.promotion;

import dev.waybill.api.promotion.RollbackRequest;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.EnvironmentName;
import dev.waybill.core.name.ReleaseId;
import dev.waybill.core.name.Slot;
import dev.waybill.server.db.Database;
import dev.waybill.server.http.Call;
import dev.waybill.server.http.Permit;
import dev.waybill.server.http.Routes;
import dev.waybill.server.identity.Actor;
import dev.waybill.server.identity.Permission;
import dev.waybill.server.identity.Scope;
import dev.waybill.server.promotion.PromotionStore.Row;
import dev.waybill.server.release.Releases;
import java.io.IOException;

/** Releases and rollbacks over HTTP. */
final class ReleaseHandler {
    private static final String PATH = "/api/v1/releases/{environment}/{application}";
    private static final int MOST = 500;

    private final Database database;
    private final Promotions promotions;
    private final Releases releases;
    private final Views views;

    ReleaseHandler(Database database, Promotions promotions, Releases releases, Views views) {
        this.database = database;
        this.promotions = promotions;
        this.releases = releases;
        this.views = views;
    }

    void addTo(Routes routes) {
        routes.get(PATH, Permit.needForSlot(Permission.READ), this::list)
                .get(PATH + "/{number}", Permit.needForSlot(Permission.READ), this::read)
                .post("/api/v1/rollbacks", Permit.needScopedByHandler(Permission.PROMOTE), this::rollBack);
    }

    private void list(Call call) {
        Slot slot = slot(call);
        call.json(database.read(tx -> releases.all(tx, slot, MOST).stream()
                .map(r -> views.release(tx, r))
                .toList()));
    }

    private void read(Call call) {
        ReleaseId id = ReleaseId.parse(slot(call) + "#" + call.path("number", text -> text));
        call.json(database.read(tx -> views.release(tx, releases.require(tx, id))));
    }

    /** Answers the release that it made, or why there is none: see {@link Promotions#broughtBack}. */
    private void rollBack(Call call) throws IOException {
        RollbackRequest request = call.body(RollbackRequest.class);
        Actor actor = call.require(Permission.PROMOTE, Scope.of(request.slot()));
        Row row = promotions.rollback(request.slot(), request.to(), request.why(), actor);
        call.json(database.read(tx -> views.release(tx, promotions.broughtBack(tx, row))));
    }

    private static Slot slot(Call call) {
        return new Slot(call.path("environment", EnvironmentName::new), call.path("application", ApplicationName::new));
    }
}
