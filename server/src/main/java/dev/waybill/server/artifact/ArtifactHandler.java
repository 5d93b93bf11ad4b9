package dev.waybill.server.artifact;

import dev.waybill.api.artifact.ArtifactInfo;
import dev.waybill.api.artifact.RegistrationRequest;
import dev.waybill.api.artifact.TagRequest;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.CommitId;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.Ref;
import dev.waybill.core.problem.Problem;
import dev.waybill.core.problem.ProblemException;
import dev.waybill.server.db.Database;
import dev.waybill.server.http.Call;
import dev.waybill.server.http.Permit;
import dev.waybill.server.http.Routes;
import dev.waybill.server.identity.Actor;
import dev.waybill.server.identity.Permission;
import dev.waybill.server.identity.Scope;
import java.io.IOException;

/** Registrations, look-ups, references and versions over HTTP. */
public final class ArtifactHandler {
    private static final int PAGE = 50;
    private static final int LARGEST_PAGE = 500;

    private final Database database;
    private final Artifacts artifacts;
    private final FilesInside files;

    public ArtifactHandler(Database database, Artifacts artifacts, FilesInside files) {
        this.database = database;
        this.artifacts = artifacts;
        this.files = files;
    }

    public void addTo(Routes routes) {
        routes.post("/api/v1/registrations", Permit.needScopedByHandler(Permission.BUILD), this::register)
                .post("/api/v1/tags", Permit.needScopedByHandler(Permission.PROMOTE), this::tag)
                .get("/api/v1/applications", Permit.needScopedByHandler(Permission.READ), this::applications)
                .get(
                        "/api/v1/applications/<application>/commits/{commit}",
                        Permit.needForApplication(Permission.READ),
                        this::byCommit)
                .get(
                        "/api/v1/applications/<application>/artifacts",
                        Permit.needForApplication(Permission.READ),
                        this::newest)
                .get("/api/v1/resolve", Permit.needScopedByHandler(Permission.READ), this::resolve)
                .get("/api/v1/files/{sha256}", Permit.needScopedByHandler(Permission.READ), this::files);
    }

    private void register(Call call) throws IOException {
        RegistrationRequest request = call.body(RegistrationRequest.class);
        Actor actor = call.require(Permission.BUILD, Scope.of(request.application()));
        if (!request.via().equals("build") && !request.via().equals("register")) {
            throw malformed(
                    "VIA_INVALID",
                    "via is '" + request.via() + "'.",
                    "Send `build` or `register`; a push registers by its tag.");
        }
        ArtifactInfo info = artifacts.register(request, actor.name());
        call.json(info.fresh() ? 201 : 200, info);
    }

    private void tag(Call call) throws IOException {
        TagRequest request = call.body(TagRequest.class);
        call.requireName(request.ref());
        Artifact artifact = database.read(tx -> artifacts.resolve(tx, Ref.parse(request.ref()), call::mayRead));
        Actor actor = call.require(Permission.PROMOTE, Scope.of(artifact.application()));
        call.json(artifacts.tag(artifact, request.version(), actor.name()));
    }

    private void applications(Call call) {
        call.json(database.read(artifacts::applications).stream()
                .filter(a -> call.mayRead(a.application()))
                .toList());
    }

    private void byCommit(Call call) {
        ApplicationName application = call.path("application", ApplicationName::new);
        CommitId commit = call.path("commit", CommitId::new);
        call.json(database.read(tx -> artifacts.info(
                tx,
                artifacts
                        .find(tx, application, commit)
                        .orElseThrow(() -> new Problem.NotFound(
                                        "ARTIFACT_UNKNOWN",
                                        "Finding the artifact " + application + "@" + commit,
                                        "none is registered for that commit.",
                                        "Build it with `waybill build`, or register it with `waybill register`.")
                                .exception()),
                false)));
    }

    private void newest(Call call) {
        ApplicationName application = call.path("application", ApplicationName::new);
        long before = call.query("after", t -> number("after", t)).orElse(Long.MAX_VALUE);
        int limit = Math.clamp(call.query("limit", t -> number("limit", t)).orElse((long) PAGE), 1, LARGEST_PAGE);
        call.json(database.read(tx -> artifacts.newest(tx, application, before, limit)));
    }

    private void resolve(Call call) {
        String text = call.query("ref", t -> t)
                .orElseThrow(() -> malformed("REF_INVALID", "the query parameter ref is missing.", "Send ?ref=REF."));
        Ref ref = Ref.parse(text);
        call.require(Permission.READ, Scope.of(ref));
        call.json(database.read(tx -> artifacts.resolved(tx, ref, text, call::mayRead)));
    }

    private void files(Call call) {
        Digest sha256 = call.path("sha256", Digest::sha256Hex);
        call.json(database.read(tx -> files.find(tx, sha256)).stream()
                .filter(f -> call.mayRead(f.application()))
                .toList());
    }

    private static long number(String name, String text) {
        if (!text.matches("[0-9]{1,18}")) {
            throw malformed("NUMBER_INVALID", name + " is '" + text + "'.", "Send a whole number.");
        }
        return Long.parseLong(text);
    }

    private static ProblemException malformed(String code, String missing, String next) {
        return new Problem.Malformed(code, "Reading the request", missing, next).exception();
    }
}
