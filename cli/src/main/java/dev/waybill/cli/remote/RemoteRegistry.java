package dev.waybill.cli.remote;

import dev.waybill.api.oci.Link;
import dev.waybill.api.oci.Manifest;
import dev.waybill.core.json.Json;
import dev.waybill.core.name.Digest;
import dev.waybill.core.problem.Problem;
import dev.waybill.core.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One repository of another registry: its manifests, blobs and referrers, each checked before anybody gets it. */
public final class RemoteRegistry implements AutoCloseable {
    static final int MANIFEST_LIMIT = 4 * 1024 * 1024;
    private static final int MOST_PAGES = 200;
    private static final Duration ANSWER = Duration.ofMinutes(2);
    private static final Pattern NEXT = Pattern.compile("<([^>]{1,4096})>\\s*;\\s*rel=\"?next\"?");
    private static final String ACCEPT = String.join(
            ", ",
            Manifest.MEDIA_TYPE,
            Manifest.INDEX_MEDIA_TYPE,
            "application/vnd.docker.distribution.manifest.v2+json",
            "application/vnd.docker.distribution.manifest.list.v2+json");

    private final RemoteName name;
    private final Wire wire;
    private final Access access;

    /** How to talk to it. {@code authHost} is another host that tokens may be got from. */
    public record Options(
            boolean plainHttp,
            @Nullable Credential credential,
            @Nullable String authHost) {}

    public RemoteRegistry(RemoteName name, Options options) {
        this(name, options, Patience.USUAL);
    }

    RemoteRegistry(RemoteName name, Options options, Patience patience) {
        this.name = name;
        this.wire = new Wire(name.authority(), options.plainHttp(), patience);
        this.access = new Access(name, wire, options.credential(), options.authHost());
    }

    /** A manifest as it came, under the digest that it has. */
    public static final class Fetched {
        private final Digest digest;
        private final byte[] bytes;
        private final @Nullable String mediaType;

        Fetched(Digest digest, byte[] bytes, @Nullable String mediaType) {
            this.digest = digest;
            this.bytes = bytes.clone();
            this.mediaType = mediaType;
        }

        public Digest digest() {
            return digest;
        }

        public byte[] bytes() {
            return bytes.clone();
        }

        /** Null when nobody said. */
        public @Nullable String mediaType() {
            return mediaType;
        }
    }

    public RemoteName name() {
        return name;
    }

    /** Empty when there is none. A digest is compared with what came; for a tag it is computed. */
    public Optional<Fetched> manifest(String reference) throws IOException {
        HttpResponse<InputStream> answer =
                wire.follow(get("/v2/" + name.repository() + "/manifests/" + reference, ACCEPT, 0));
        try (InputStream _ = answer.body()) {
            if (answer.statusCode() == 404) {
                return Optional.empty();
            }
            require(answer, "the manifest " + reference);
            byte[] bytes = read(answer, "the manifest " + reference);
            boolean byDigest = reference.contains(":");
            Digest.Algorithm algorithm = byDigest ? Digest.parse(reference).algorithm() : Digest.Algorithm.SHA256;
            Digest digest = Digest.of(algorithm, algorithm.newMessageDigest().digest(bytes));
            if (byDigest && !digest.toString().equals(reference)) {
                throw mismatch("the manifest " + reference, "what came has the digest " + digest + ".");
            }
            return Optional.of(new Fetched(digest, bytes, type(answer)));
        }
    }

    /** What the registry lists as being about a manifest; empty when it has no such list. */
    public Optional<List<Digest>> referrers(Digest subject) throws IOException {
        String what = "the referrers of " + subject;
        List<Digest> all = new ArrayList<>();
        String path = "/v2/" + name.repository() + "/referrers/" + subject;
        for (int page = 0; !path.isEmpty(); page++) {
            HttpResponse<InputStream> answer = wire.follow(get(path, Manifest.INDEX_MEDIA_TYPE, 0));
            try (InputStream _ = answer.body()) {
                if (page == 0 && isNoList(answer)) {
                    return Optional.empty();
                }
                requireList(answer, page + 1, what);
                for (JsonNode entry : parse(read(answer, what)).path("manifests")) {
                    all.add(Digest.parse(entry.path("digest").asString("")));
                }
            }
            path = page < MOST_PAGES ? next(answer) : "";
            if (all.size() > RemoteGraph.MOST_MANIFESTS || page >= MOST_PAGES) {
                throw mismatch(what, "the list has no end.");
            }
        }
        return Optional.of(all);
    }

    /** Whoever does not know the question answers with anything but a denial; a list of referrers is an index. */
    private static boolean isNoList(HttpResponse<?> answer) {
        int status = answer.statusCode();
        return status == 200
                ? !Manifest.INDEX_MEDIA_TYPE.equals(type(answer))
                : status / 100 == 4 && status != 401 && status != 403;
    }

    /** A list that breaks off is no shorter list: what is missing may be a signature. */
    private void requireList(HttpResponse<?> answer, int page, String what) {
        if (answer.statusCode() != 200) {
            throw mismatch(what, "page " + page + " of the list was answered with " + answer.statusCode() + ".");
        }
        if (!Manifest.INDEX_MEDIA_TYPE.equals(type(answer))) {
            throw mismatch(what, "page " + page + " of the list is no index but " + type(answer) + ".");
        }
    }

    /** The path of the next page, on this registry only; empty on the last. */
    private String next(HttpResponse<?> answer) {
        Matcher next = NEXT.matcher(answer.headers().firstValue("Link").orElse(""));
        if (!next.find()) {
            return "";
        }
        URI to = answer.request().uri().resolve(next.group(1));
        if (!name.authority().equalsIgnoreCase(to.getRawAuthority())) {
            throw mismatch("a list", "its next page is said to be on another host.");
        }
        return to.getRawPath() + (to.getRawQuery() == null ? "" : "?" + to.getRawQuery());
    }

    /** Writes the blob into the file; it is whole when this returns. */
    public void blob(Link link, Path file) throws IOException {
        String what = "the blob " + link.digest();
        try (Download download =
                new Download(file, link.digest(), link.size(), wire.patience().silence())) {
            for (int i = 1; ; i++) {
                HttpResponse<InputStream> answer = wire.follow(get(
                        "/v2/" + name.repository() + "/blobs/" + link.digest(),
                        "application/octet-stream, */*",
                        download.count()));
                if (answer.statusCode() != 206) {
                    require(answer, what);
                }
                try {
                    download.take(answer);
                    break;
                } catch (IOException e) {
                    if (i >= wire.patience().tries()) {
                        throw mismatch(what, "the connection broke after " + download.count() + " bytes.");
                    }
                    LockSupport.parkNanos(wire.patience().before(i).toNanos());
                }
            }
            Digest actual = download.digest();
            if (download.count() != link.size() || !actual.equals(link.digest())) {
                throw mismatch(
                        what,
                        download.count() + " bytes came with the digest " + actual + ", and " + link.size()
                                + " were promised.");
            }
        }
    }

    private HttpResponse<InputStream> get(String path, String accept, long from) throws IOException {
        HttpResponse<InputStream> answer = wire.send(request(path, accept, from));
        if (answer.statusCode() == 401 && learns(answer)) {
            answer = wire.send(request(path, accept, from));
        }
        if (answer.statusCode() == 401 || answer.statusCode() == 403) {
            answer.body().close();
            throw access.denied("it answered " + answer.statusCode() + ".");
        }
        return answer;
    }

    private boolean learns(HttpResponse<InputStream> answer) throws IOException {
        answer.body().close();
        return access.learn(answer);
    }

    private HttpRequest request(String path, String accept, long from) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(wire.uri(path)).timeout(ANSWER).header("Accept", accept);
        access.header().ifPresent(header -> request.header("Authorization", header));
        if (from > 0) {
            request.header("Range", "bytes=" + from + "-");
        }
        return request.GET().build();
    }

    private static @Nullable String type(HttpResponse<?> answer) {
        return answer.headers()
                .firstValue("Content-Type")
                .map(type -> type.replaceAll(";.*", "").strip())
                .filter(type -> !type.isEmpty())
                .orElse(null);
    }

    private byte[] read(HttpResponse<InputStream> answer, String what) {
        byte[] bytes = wire.read(answer, MANIFEST_LIMIT + 1);
        if (bytes.length > MANIFEST_LIMIT) {
            throw mismatch(what, "it has more than " + MANIFEST_LIMIT + " bytes.");
        }
        return bytes;
    }

    private JsonNode parse(byte[] bytes) {
        try {
            return Json.parse(bytes);
        } catch (ProblemException e) {
            throw mismatch("a list", e.problem().missing());
        }
    }

    private void require(HttpResponse<?> answer, String what) {
        if (answer.statusCode() == 404) {
            throw missing(what);
        }
        if (answer.statusCode() != 200) {
            throw mismatch(what, "the registry answered " + answer.statusCode() + ".");
        }
    }

    ProblemException missing(String what) {
        return new Problem.NotFound(
                        "REMOTE_UNKNOWN",
                        "Reading " + name,
                        what + " is not there.",
                        "Check the name; what an index or a list there names has to be there too.")
                .exception();
    }

    ProblemException mismatch(String what, String missing) {
        return new Problem.Unavailable(
                        "REMOTE_MISMATCH",
                        "Fetching " + what + " of " + name.place(),
                        missing,
                        "Nothing of it was kept. Try again; if it stays so, tell whoever runs that registry.")
                .exception();
    }

    @Override
    public void close() {
        wire.close();
    }
}
