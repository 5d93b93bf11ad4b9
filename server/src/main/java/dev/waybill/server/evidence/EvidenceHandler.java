package dev.waybill.server.evidence;

import dev.waybill.api.evidence.EvidenceRequest;
import dev.waybill.api.evidence.TestRequest;
import dev.waybill.core.name.Digest;
import dev.waybill.server.artifact.Artifacts;
import dev.waybill.server.db.Database;
import dev.waybill.server.http.Call;
import dev.waybill.server.http.Permit;
import dev.waybill.server.http.Routes;
import dev.waybill.server.identity.Actor;
import dev.waybill.server.identity.Permission;
import dev.waybill.server.identity.Scope;
import java.io.IOException;

/** Evidence over HTTP. */
public final class EvidenceHandler {
    private final Database database;
    private final Artifacts artifacts;
    private final Evidence evidence;

    public EvidenceHandler(Database database, Artifacts artifacts, Evidence evidence) {
        this.database = database;
        this.artifacts = artifacts;
        this.evidence = evidence;
    }

    public void addTo(Routes routes) {
        routes.post("/api/v1/evidence/tests", Permit.needScopedByHandler(Permission.BUILD), this::test)
                .post("/api/v1/evidence/documents", Permit.needScopedByHandler(Permission.BUILD), this::document)
                .get("/api/v1/artifacts/{digest}/evidence", Permit.needScopedByHandler(Permission.READ), this::about);
    }

    private void test(Call call) throws IOException {
        TestRequest request = call.body(TestRequest.class);
        Actor actor = call.require(Permission.BUILD, Scope.of(request.application()));
        call.json(201, evidence.record(request, actor.name()));
    }

    private void document(Call call) throws IOException {
        EvidenceRequest request = call.body(EvidenceRequest.class);
        Actor actor = call.require(Permission.BUILD, Scope.of(request.application()));
        call.json(201, evidence.record(request, actor.name()));
    }

    private void about(Call call) {
        Digest digest = call.path("digest", Digest::parse);
        call.json(database.read(tx -> {
            artifacts.require(tx, digest, call::mayRead);
            return evidence.about(tx, digest);
        }));
    }
}
