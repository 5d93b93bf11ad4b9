package dev.waybill.server.distribution;

import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.Digest;
import dev.waybill.core.problem.Problem;
import dev.waybill.core.problem.ProblemException;
import dev.waybill.server.registry.Manifests;
import dev.waybill.server.registry.Reference;
import java.util.List;
import java.util.Optional;

/**
 * Reads paths from the right end: a repository's name may itself hold {@code manifests}, {@code blobs} or {@code tags} as
 * a part, its end may not be taken for one. Percent-encoding is legal only where the protocol has use for it: a digest's
 * colon.
 */
final class OciPath {
    private OciPath() {}

    static OciRoute parse(String method, String rawPath, Query query) {
        if (rawPath.equals("/v2") || rawPath.equals("/v2/")) {
            allow(method, "GET", "HEAD");
            return new OciRoute.Ping();
        }
        if (rawPath.equals("/v2/_catalog")) {
            allow(method, "GET", "HEAD");
            return new OciRoute.Catalog(query.page());
        }
        if (!rawPath.startsWith("/v2/") || rawPath.length() > 4096) {
            throw unknown(rawPath);
        }
        String path = rawPath.substring("/v2/".length()).replace("%3A", ":").replace("%3a", ":");
        List<String> parts = List.of(path.split("/", -1));
        return route(method, rawPath, parts, query);
    }

    private static OciRoute route(String method, String rawPath, List<String> parts, Query query) {
        int n = parts.size();
        String last = parts.getLast();
        String before = n >= 2 ? parts.get(n - 2) : "";
        if (n >= 4 && before.equals("uploads") && parts.get(n - 3).equals("blobs")) {
            return last.isEmpty()
                    ? start(method, name(parts, n - 3), query)
                    : session(method, name(parts, n - 3), upload(last), query);
        }
        // Some clients leave out the slash at the end. A blob named "uploads" does not exist: it is no digest.
        if (n >= 3 && before.equals("blobs") && last.equals("uploads")) {
            return start(method, name(parts, n - 2), query);
        }
        if (n >= 4 && before.equals("tag-history") && parts.get(n - 3).equals("_oci")) {
            allow(method, "GET", "HEAD");
            return new OciRoute.TagHistory(name(parts, n - 3), Reference.tag(last), query.page());
        }
        if (n < 3) {
            throw unknown(rawPath);
        }
        return switch (before) {
            case "blobs" -> blob(method, name(parts, n - 2), Digest.parse(last));
            case "manifests" ->
                manifest(method, name(parts, n - 2), reference(method, name(parts, n - 2), last), query);
            case "referrers" -> referrers(method, name(parts, n - 2), Digest.parse(last), query);
            case "tags" -> {
                if (!last.equals("list")) {
                    throw unknown(rawPath);
                }
                allow(method, "GET", "HEAD");
                yield new OciRoute.ListTags(name(parts, n - 2), query.page());
            }
            default -> throw unknown(rawPath);
        };
    }

    private static OciRoute blob(String method, ApplicationName name, Digest digest) {
        allow(method, "GET", "HEAD", "DELETE");
        return method.equals("DELETE")
                ? new OciRoute.DeleteBlob(name, digest)
                : new OciRoute.PullBlob(name, digest, method.equals("HEAD"));
    }

    private static OciRoute manifest(String method, ApplicationName name, Reference reference, Query query) {
        allow(method, "GET", "HEAD", "PUT", "DELETE");
        return switch (method) {
            case "PUT" ->
                new OciRoute.PutManifest(
                        name,
                        reference,
                        query.all("tag").stream().map(Reference::tag).distinct().toList());
            case "DELETE" -> new OciRoute.DeleteManifest(name, reference);
            default -> new OciRoute.PullManifest(name, reference, method.equals("HEAD"));
        };
    }

    /** What can be no tag was never pushed: asking for it is a miss, naming something so is a mistake. */
    private static Reference reference(String method, ApplicationName name, String text) {
        try {
            return Reference.parse(text);
        } catch (ProblemException e) {
            if (method.equals("PUT") || text.indexOf(':') >= 0) {
                throw e;
            }
            throw Manifests.unknown(name, text.length() > 130 ? text.substring(0, 130) + "..." : text);
        }
    }

    private static OciRoute referrers(String method, ApplicationName name, Digest subject, Query query) {
        allow(method, "GET", "HEAD");
        String type = query.one("artifactType").filter(t -> !t.isEmpty()).orElse(null);
        return new OciRoute.ListReferrers(name, subject, type, query.page());
    }

    private static OciRoute start(String method, ApplicationName name, Query query) {
        allow(method, "POST");
        Optional<String> mount = query.one("mount");
        if (mount.isPresent()) {
            return new OciRoute.MountBlob(
                    name,
                    Digest.parse(mount.get()),
                    query.one("from").map(OciPath::name).orElse(null));
        }
        return new OciRoute.StartUpload(
                name, query.one("digest").map(Digest::parse).orElse(null));
    }

    private static OciRoute session(String method, ApplicationName name, String upload, Query query) {
        allow(method, "GET", "HEAD", "PATCH", "PUT", "DELETE");
        return switch (method) {
            case "PATCH" -> new OciRoute.AppendUpload(name, upload);
            case "PUT" ->
                new OciRoute.FinishUpload(
                        name, upload, Digest.parse(query.one("digest").orElse("")));
            case "DELETE" -> new OciRoute.CancelUpload(name, upload);
            default -> new OciRoute.UploadStatus(name, upload);
        };
    }

    private static String upload(String text) {
        if (!text.matches("[0-9a-f-]{1,100}")) {
            throw new Problem.NotFound(
                            "BLOB_UPLOAD_UNKNOWN",
                            "Finding an upload",
                            "there is none of that id.",
                            "Start another upload.")
                    .exception();
        }
        return text;
    }

    private static ApplicationName name(List<String> parts, int end) {
        return name(String.join("/", parts.subList(0, end)));
    }

    private static ApplicationName name(String text) {
        try {
            return new ApplicationName(text);
        } catch (ProblemException e) {
            Problem p = e.problem();
            throw new Problem.Malformed("NAME_INVALID", p.tried(), p.missing(), p.next()).exception();
        }
    }

    private static void allow(String method, String... methods) {
        if (!List.of(methods).contains(method)) {
            throw new Problem.Malformed(
                            "UNSUPPORTED",
                            "Asking with " + method,
                            "this path answers " + String.join(", ", methods) + " only.",
                            "See the OCI distribution specification.")
                    .exception();
        }
    }

    private static ProblemException unknown(String rawPath) {
        String shown = rawPath.length() > 120 ? rawPath.substring(0, 120) + "..." : rawPath;
        return new Problem.NotFound(
                        "PATH_UNKNOWN",
                        "Asking for " + shown,
                        "the registry has nothing at this path.",
                        "See the OCI distribution specification.")
                .exception();
    }
}
