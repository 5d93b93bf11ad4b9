package dev.waybill.server.distribution;

import dev.waybill.core.problem.ProblemException;
import dev.waybill.server.http.Call;
import dev.waybill.server.http.Permit;
import dev.waybill.server.http.Routes;
import dev.waybill.server.identity.Actor;
import dev.waybill.server.identity.Permission;
import dev.waybill.server.registry.Pulls;
import dev.waybill.server.registry.Registry;
import java.io.IOException;

/** Everything under {@code /v2/}: parses the raw path, asks for the permission in that repository, and hands over. */
public final class RegistryHandler {
    private final BlobHandler blobs;
    private final UploadHandler uploads;
    private final ManifestHandler manifests;
    private final ListHandler lists;
    private final Pulls pulls;
    private final Challenges challenges;

    public RegistryHandler(Registry registry, Challenges challenges) {
        this.challenges = challenges;
        this.blobs = new BlobHandler(registry.contents());
        this.uploads = new UploadHandler(registry);
        this.manifests = new ManifestHandler(registry);
        this.lists = new ListHandler(registry);
        this.pulls = registry.pulls();
    }

    /** Adds the catch-all, and {@code /v2} and {@code /v2/}, which the catch-all does not match. */
    public void addTo(Routes routes) {
        Permit permit = Permit.needScopedByHandler(Permission.READ);
        routes.challenge(challenges);
        routes.any("/v2", permit, this::answer);
        routes.any("/v2/", permit, this::answer);
        routes.any("/v2/<path>", permit, this::answer);
    }

    private void answer(Call call) throws IOException {
        Call.RequestLine line = call.line();
        call.context().header("Docker-Distribution-API-Version", "registry/2.0");
        OciRoute route = OciRoute.parse(line.method(), line.path(), line.query());
        switch (route) {
            case OciRoute.Ping r -> ping(call);
            case OciRoute.Catalog r -> lists.catalog(call, r);
            case OciRoute.InRepository r -> answer(call, r);
        }
    }

    /** Clients learn here whether to log in, also where much is open to everybody (zot issue 3868). */
    private static void ping(Call call) {
        if (call.caller().filter(c -> c.limits() != null || !c.isNobody()).isEmpty()) {
            throw Admission.unknown();
        }
        call.send(200, "application/json", new byte[] {'{', '}'});
    }

    private void answer(Call call, OciRoute.InRepository route) throws IOException {
        Actor actor = Admission.require(call, route);
        try {
            answer(call, route, actor);
        } catch (ProblemException e) {
            throw call.caller().filter(c -> !c.isNobody()).isPresent() ? e : Admission.plain(e);
        }
    }

    private void answer(Call call, OciRoute.InRepository route, Actor actor) throws IOException {
        switch (route) {
            case OciRoute.PullBlob r -> {
                pulls.require(actor.name(), r.name(), r.digest());
                blobs.pull(call, r);
            }
            case OciRoute.DeleteBlob r -> blobs.delete(call, r, actor.name());
            case OciRoute.StartUpload r -> uploads.start(call, r, actor.name());
            case OciRoute.MountBlob r -> uploads.mount(call, r, actor.name());
            case OciRoute.AppendUpload r -> uploads.append(call, r);
            case OciRoute.FinishUpload r -> uploads.finish(call, r);
            case OciRoute.UploadStatus r -> uploads.status(call, r);
            case OciRoute.CancelUpload r -> uploads.cancel(call, r);
            case OciRoute.PullManifest r -> manifests.pull(call, r, actor.name());
            case OciRoute.PutManifest r -> manifests.put(call, r, actor.name());
            case OciRoute.DeleteManifest r -> manifests.delete(call, r, actor.name());
            case OciRoute.ListTags r -> lists.tags(call, r);
            case OciRoute.ListReferrers r -> lists.referrers(call, r);
            case OciRoute.TagHistory r -> lists.history(call, r);
        }
    }
}
