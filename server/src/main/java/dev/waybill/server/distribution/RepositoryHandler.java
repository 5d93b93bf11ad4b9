package dev.waybill.server.distribution;

import dev.waybill.api.registry.CopyRequest;
import dev.waybill.api.registry.RepositoryListing;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.Digest;
import dev.waybill.core.problem.Problem;
import dev.waybill.server.http.Call;
import dev.waybill.server.http.Permit;
import dev.waybill.server.http.Routes;
import dev.waybill.server.identity.Actor;
import dev.waybill.server.identity.Permission;
import dev.waybill.server.identity.Scope;
import dev.waybill.server.registry.Manifests;
import dev.waybill.server.registry.Registry;
import java.io.IOException;
import java.util.List;

/** What moving whole repositories takes beside the OCI protocol: all that one lists, and where something came from. */
public final class RepositoryHandler {
    private static final int PAGE = 500;

    private final Registry registry;
    private final Copies copies;

    public RepositoryHandler(Registry registry, Copies copies) {
        this.registry = registry;
        this.copies = copies;
    }

    public void addTo(Routes routes) {
        routes.get(
                "/api/v1/registry/repositories/<application>/manifests",
                Permit.needForApplication(Permission.READ),
                this::list);
        routes.post("/api/v1/registry/copies", Permit.needScopedByHandler(Permission.BUILD), this::copied);
    }

    private void list(Call call) {
        ApplicationName repository = call.path("application", ApplicationName::new);
        Digest after = call.query("after", Digest::parse).orElse(null);
        if (!registry.contents().isOpen(repository)) {
            throw new Problem.NotFound(
                            "NAME_UNKNOWN",
                            "Listing what " + repository + " holds",
                            "nothing was ever pushed there.",
                            "Push to it, or check the name.")
                    .exception();
        }
        List<Manifests.Named> found = registry.manifests().list(repository, after, PAGE + 1);
        List<Manifests.Named> page = found.subList(0, Math.min(PAGE, found.size()));
        call.json(new RepositoryListing(
                repository,
                registry.tags().floats(repository),
                page.stream().map(RepositoryHandler::listed).toList(),
                found.size() > PAGE ? page.getLast().manifest().digest() : null));
    }

    private static RepositoryListing.Listed listed(Manifests.Named named) {
        return new RepositoryListing.Listed(
                named.manifest().digest(),
                named.manifest().mediaType(),
                named.manifest().size(),
                named.tags());
    }

    private void copied(Call call) throws IOException {
        CopyRequest request = call.body(CopyRequest.class);
        Actor actor = call.require(Permission.BUILD, Scope.of(request.repository()));
        call.json(copies.record(request, actor.name()));
    }
}
