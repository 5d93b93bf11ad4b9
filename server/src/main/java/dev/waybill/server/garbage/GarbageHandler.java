package dev.waybill.server.garbage;

import dev.waybill.api.registry.RestoreRequest;
import dev.waybill.api.registry.SweepRequest;
import dev.waybill.core.name.Digest;
import dev.waybill.core.problem.Problem;
import dev.waybill.server.http.Call;
import dev.waybill.server.http.Permit;
import dev.waybill.server.http.Routes;
import dev.waybill.server.identity.Actor;
import dev.waybill.server.identity.Permission;
import dev.waybill.server.identity.Permissions;
import dev.waybill.server.identity.Scope;
import java.io.IOException;

/** The registry's own questions over HTTP. */
public final class GarbageHandler {
    private final Garbage garbage;

    public GarbageHandler(Garbage garbage) {
        this.garbage = garbage;
    }

    public void addTo(Routes routes) {
        Permit read = Permit.needScopedByHandler(Permission.READ);
        routes.get("/api/v1/registry/why/{digest}", read, this::why);
        routes.get("/api/v1/registry/storage", read, this::storage);
        routes.post("/api/v1/registry/collections", Permit.need(Permission.ADMINISTER), this::collect);
        routes.post("/api/v1/registry/restored", Permit.needScopedByHandler(Permission.PROMOTE), this::restore);
    }

    private static boolean mayRead(Call call, Scope scope) {
        return Permissions.allows(call.actor().orElse(null), Permission.READ, scope);
    }

    private void why(Call call) throws IOException {
        Digest digest = call.path("digest", Digest::parse);
        call.json(garbage.why(digest, scope -> mayRead(call, scope))
                .orElseThrow(() -> new Problem.NotFound(
                                "DIGEST_UNKNOWN",
                                "Asking why " + digest + " is kept",
                                "no repository that you may read has or had it.",
                                "Check the digest; `waybill trace` finds an artifact by a commit or a file.")
                        .exception()));
    }

    private void storage(Call call) {
        call.json(garbage.storage(name -> mayRead(call, Scope.of(name))));
    }

    private void collect(Call call) throws IOException {
        call.json(garbage.collect(call.body(SweepRequest.class), call.someone().name()));
    }

    private void restore(Call call) throws IOException {
        RestoreRequest request = call.body(RestoreRequest.class);
        Actor actor = call.require(Permission.PROMOTE, Scope.of(request.repository()));
        garbage.restore(request.repository(), request.digest(), actor.name());
        call.noContent();
    }
}
