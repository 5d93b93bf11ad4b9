package dev.waybill.server.distribution;

import dev.waybill.core.json.Json;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.Version;
import dev.waybill.core.problem.Problem;
import dev.waybill.server.http.Call;
import dev.waybill.server.identity.Permission;
import dev.waybill.server.identity.Permissions;
import dev.waybill.server.identity.Scope;
import dev.waybill.server.registry.Manifest;
import dev.waybill.server.registry.Referrers;
import dev.waybill.server.registry.Registry;
import dev.waybill.server.tag.Tags;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** end-8 and end-12, and the history of a tag: lists with cursors that need not exist any more. */
final class ListHandler {
    private final Registry registry;

    ListHandler(Registry registry) {
        this.registry = registry;
    }

    void tags(Call call, OciRoute.ListTags route) {
        if (!registry.contents().isOpen(route.name())) {
            throw new Problem.NotFound(
                            "NAME_UNKNOWN",
                            "Listing the tags of " + route.name(),
                            "nothing was ever pushed there.",
                            "Push to it, or check the name.")
                    .exception();
        }
        int limit = route.page().limit();
        List<Version> found = registry.tags().list(route.name(), route.page().last(), limit + 1);
        List<Version> page = found.subList(0, Math.min(limit, found.size()));
        if (found.size() > limit && limit > 0) {
            link(
                    call,
                    "/v2/" + route.name() + "/tags/list?n=" + limit + "&last="
                            + encode(page.getLast().value()));
        }
        call.json(Map.of("name", route.name().value(), "tags", page));
    }

    /** Only names of repositories that whoever asks may read. */
    void catalog(Call call, OciRoute.Catalog route) {
        Admission.requireCatalog(call);
        int limit = route.page().limit();
        String last = route.page().last();
        List<ApplicationName> found = registry.contents().repositories().stream()
                .filter(name -> last == null || name.value().compareTo(last) > 0)
                .filter(name -> Permissions.allows(call.actor().orElse(null), Permission.READ, Scope.of(name)))
                .sorted()
                .limit(limit + 1L)
                .toList();
        List<ApplicationName> page = found.subList(0, Math.min(limit, found.size()));
        if (found.size() > limit && limit > 0) {
            link(
                    call,
                    "/v2/_catalog?n=" + limit + "&last=" + encode(page.getLast().value()));
        }
        call.json(Map.of("repositories", page));
    }

    void referrers(Call call, OciRoute.ListReferrers route) {
        OciRoute.Page page = route.page();
        Referrers.Found found = registry.referrers()
                .list(new Referrers.Ask(route.name(), route.subject(), route.artifactType(), page.last()), page.n());
        String filter = "";
        if (route.artifactType() != null) {
            call.context().header("OCI-Filters-Applied", "artifactType");
            filter = "&artifactType=" + encode(route.artifactType());
        }
        if (found.more() && !found.manifests().isEmpty()) {
            String n = page.n() < 0 ? "" : "&n=" + page.n();
            link(
                    call,
                    "/v2/" + route.name() + "/referrers/" + route.subject() + "?last="
                            + found.manifests().getLast().digest() + n + filter);
        }
        Map<String, Object> index = new LinkedHashMap<>();
        index.put("schemaVersion", 2);
        index.put("mediaType", Manifest.INDEX);
        index.put(
                "manifests",
                found.manifests().stream().map(ListHandler::descriptor).toList());
        call.send(200, Manifest.INDEX, Json.write(index));
    }

    private static Map<String, Object> descriptor(Manifest manifest) {
        Map<String, Object> descriptor = new LinkedHashMap<>();
        descriptor.put("mediaType", manifest.mediaType());
        descriptor.put("digest", manifest.digest());
        descriptor.put("size", manifest.size());
        if (manifest.artifactType() != null) {
            descriptor.put("artifactType", manifest.artifactType());
        }
        if (!manifest.annotations().isEmpty()) {
            descriptor.put("annotations", manifest.annotations());
        }
        return descriptor;
    }

    void history(Call call, OciRoute.TagHistory route) {
        int limit = Math.min(route.page().limit(), 1000);
        String last = route.page().last();
        long before = last != null && last.matches("[0-9]{1,18}") ? Long.parseLong(last) : Long.MAX_VALUE;
        List<Tags.Past> moves = registry.tags().history(route.name(), route.tag(), before, limit + 1);
        List<Tags.Past> page = moves.subList(0, Math.min(limit, moves.size()));
        if (moves.size() > limit && limit > 0) {
            link(
                    call,
                    "/v2/" + route.name() + "/_oci/tag-history/" + route.tag() + "?n=" + limit + "&last="
                            + page.getLast().move());
        }
        List<Map<String, Object>> history = new ArrayList<>();
        for (Tags.Past past : page) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("timestamp", past.at().toString());
            row.put("by", past.by().value());
            Digest digest = past.digest();
            if (digest != null) {
                row.put("digest", digest.toString());
            }
            history.add(row);
        }
        call.json(Map.of("name", route.name().value(), "tag", route.tag().value(), "history", history));
    }

    private static void link(Call call, String next) {
        call.context().header("Link", "<" + next + ">; rel=\"next\"");
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
