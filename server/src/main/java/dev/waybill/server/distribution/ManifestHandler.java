package dev.waybill.server.distribution;

import dev.waybill.core.name.ActorName;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.Version;
import dev.waybill.server.http.Call;
import dev.waybill.server.registry.Manifest;
import dev.waybill.server.registry.Manifests;
import dev.waybill.server.registry.Reference;
import dev.waybill.server.registry.Registry;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** end-3, 7 and 9: manifests, exact bytes and type as they were pushed, whatever a client says that it accepts. */
final class ManifestHandler {
    private static final int MOST_WARNINGS = 8;
    private static final int LONGEST_WARNING = 400;

    private final PulledManifests pulls;
    private final Manifests manifests;

    ManifestHandler(Registry registry) {
        this.pulls = new PulledManifests(registry);
        this.manifests = registry.manifests();
    }

    void pull(Call call, OciRoute.PullManifest route, ActorName by) throws IOException {
        PulledManifests.Pulled pulled = pulls.pull(by, route.name(), route.reference());
        Manifest manifest = pulled.manifest();
        Context context = call.context();
        context.header("Docker-Content-Digest", manifest.digest().toString())
                .header("ETag", BlobHandler.etag(manifest.digest()));
        // A veto's reason is for people of this house.
        if (call.caller().filter(c -> !c.isNobody()).isPresent()) {
            warn(context, pulled.warnings());
        }
        if (BlobHandler.etag(manifest.digest()).equals(context.header("If-None-Match"))) {
            context.status(304);
        } else if (route.head()) {
            context.status(200).contentType(manifest.mediaType());
            context.res().setContentLengthLong(pulled.bytes().remaining());
        } else {
            call.send(200, manifest.mediaType(), pulled.copy());
        }
    }

    /** distribution-spec, "Warnings": clients show them to people; all together at most 4 KiB, and nothing that ends the string. */
    private static void warn(Context context, List<String> warnings) {
        for (String warning : warnings.subList(0, Math.min(MOST_WARNINGS, warnings.size()))) {
            String text = warning.replaceAll("[^ -~]", "?").replaceAll("[\\\\\"]", "'");
            context.res()
                    .addHeader(
                            "Warning", "299 - \"" + text.substring(0, Math.min(LONGEST_WARNING, text.length())) + "\"");
        }
    }

    void put(Call call, OciRoute.PutManifest route, ActorName by) throws IOException {
        List<Version> wanted = new ArrayList<>(route.tags());
        Digest expected = null;
        switch (route.reference()) {
            case Reference.ByDigest r -> expected = r.digest();
            case Reference.ByTag r -> {
                wanted.remove(r.tag());
                wanted.addFirst(r.tag());
            }
        }
        byte[] bytes = call.bytes(Manifests.MAX_BYTES);
        Manifest manifest = manifests.push(
                new Manifests.Push(route.name(), expected, call.context().header("Content-Type"), wanted, by), bytes);
        Context context = call.context();
        context.status(201)
                .header("Location", "/v2/" + route.name() + "/manifests/" + manifest.digest())
                .header("Docker-Content-Digest", manifest.digest().toString());
        route.tags().forEach(tag -> context.res().addHeader("OCI-Tag", tag.value()));
        Digest subject = manifest.subject();
        if (subject != null) {
            context.header("OCI-Subject", subject.toString());
        }
    }

    void delete(Call call, OciRoute.DeleteManifest route, ActorName by) {
        boolean there = switch (route.reference()) {
            case Reference.ByDigest r ->
                manifests.delete(
                        route.name(), r.digest(), by, names -> Admission.requireUnnaming(call, route.name(), names));
            case Reference.ByTag r -> manifests.unname(route.name(), r.tag(), by);
        };
        if (!there) {
            throw Manifests.unknown(route.name(), route.reference().toString());
        }
        call.context().status(202);
    }
}
