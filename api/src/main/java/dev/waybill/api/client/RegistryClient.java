package dev.waybill.api.client;

import dev.waybill.api.oci.Manifest;
import dev.waybill.core.json.Json;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.Version;
import dev.waybill.core.problem.Problem;
import dev.waybill.core.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Pushes to and pulls from the server's registry (distribution-spec 1.1). What is pulled is believed only after its length
 * and sha256 were checked; a server that lies is {@code CONTENT_MISMATCH}, a redirect is refused. One that says to come again
 * later (429) is asked again then.
 */
public final class RegistryClient {
    private static final Duration TRANSFER = Duration.ofMinutes(30);
    private static final int MANIFEST_LIMIT = 4 * 1024 * 1024;
    private static final String ACCEPT = Manifest.MEDIA_TYPE + ", " + Manifest.INDEX_MEDIA_TYPE
            + ", application/vnd.docker.distribution.manifest.v2+json"
            + ", application/vnd.docker.distribution.manifest.list.v2+json, */*;q=0.1";

    private final Connection connection;
    private final Waiting waiting;

    public RegistryClient(Connection connection) {
        this(connection, Waiting.USUAL);
    }

    RegistryClient(Connection connection, Waiting waiting) {
        this.connection = connection;
        this.waiting = waiting;
    }

    /** Whether the repository has the blob. */
    public boolean has(ApplicationName repository, Digest blob) {
        HttpResponse<byte[]> answer = send(request(repository, "/blobs/" + blob)
                .method("HEAD", BodyPublishers.noBody())
                .build());
        return switch (answer.statusCode()) {
            case 200 -> true;
            case 404 -> false;
            default -> throw problem("Looking for the blob " + blob, answer);
        };
    }

    /** Pushes a blob unless the repository has it: one POST, or POST and PUT where the server answers 202 (end-4b, end-6). */
    public void push(ApplicationName repository, Content content) {
        if (has(repository, content.digest())) {
            return;
        }
        String tried = "Pushing the blob " + content.digest();
        HttpResponse<byte[]> answer = send(request(repository, "/blobs/uploads/?digest=" + content.digest())
                .header("Content-Type", "application/octet-stream")
                .POST(content.body())
                .build());
        if (answer.statusCode() == 202) {
            answer = send(connection
                    .builder(uploadPath(answer, content.digest()))
                    .timeout(TRANSFER)
                    .header("Content-Type", "application/octet-stream")
                    .PUT(content.body())
                    .build());
        }
        if (answer.statusCode() != 201) {
            throw problem(tried, answer);
        }
        requireSame(tried, content.digest(), answer);
    }

    /** Stores the very bytes under their digest. */
    public Digest pushManifest(ApplicationName repository, String mediaType, byte[] manifest) {
        Digest digest = Digest.sha256(manifest);
        pushManifest(repository, digest, mediaType, manifest);
        return digest;
    }

    /** The same under a digest of any algorithm, which the registry compares. */
    public void pushManifest(ApplicationName repository, Digest digest, String mediaType, byte[] manifest) {
        String tried = "Pushing the manifest " + digest;
        HttpResponse<byte[]> answer = put(repository, digest.toString(), mediaType, manifest);
        if (answer.statusCode() != 201) {
            throw problem(tried, answer);
        }
        requireSame(tried, digest, answer);
    }

    private HttpResponse<byte[]> put(ApplicationName repository, String place, String mediaType, byte[] manifest) {
        return send(request(repository, "/manifests/" + place)
                .header("Content-Type", mediaType)
                .PUT(BodyPublishers.ofByteArray(manifest))
                .build());
    }

    /** Points a tag at a manifest; empty when done, else why a rule for tags and registrations says no. */
    public Optional<String> tag(ApplicationName repository, Version tag, PulledManifest manifest) {
        HttpResponse<byte[]> answer =
                put(repository, manifest.digest() + "?tag=" + tag, manifest.mediaType(), manifest.bytes());
        if (answer.statusCode() == 201) {
            return Optional.empty();
        }
        JsonNode error = error(answer.body());
        String code = error.path("detail").path("code").asString("");
        if (answer.statusCode() != 403 || code.isEmpty() || code.equals("FORBIDDEN")) {
            throw problem("Setting the tag " + repository + ":" + tag, answer);
        }
        return Optional.of(code + ": " + error.path("message").asString(""));
    }

    /** What the tag or digest names there now. */
    public Optional<Digest> find(ApplicationName repository, String reference) {
        String tried = "Looking for the manifest " + repository + " " + reference;
        HttpResponse<byte[]> answer = send(request(repository, "/manifests/" + reference)
                .header("Accept", ACCEPT)
                .method("HEAD", BodyPublishers.noBody())
                .build());
        return switch (answer.statusCode()) {
            case 200 ->
                Optional.of(Digest.parse(
                        answer.headers().firstValue("Docker-Content-Digest").orElse("")));
            case 404 -> Optional.empty();
            default -> throw problem(tried, answer);
        };
    }

    public PulledManifest pullManifest(ApplicationName repository, Digest digest) {
        String tried = "Pulling the manifest " + digest + " of " + repository;
        HttpResponse<byte[]> answer = send(request(repository, "/manifests/" + digest)
                .header("Accept", ACCEPT)
                .GET()
                .build());
        if (answer.statusCode() != 200) {
            throw problem(tried, answer);
        }
        byte[] bytes = answer.body();
        Verifying.requireDigest(tried, digest, bytes);
        return new PulledManifest(
                digest, answer.headers().firstValue("Content-Type").orElse(Manifest.MEDIA_TYPE), bytes);
    }

    /** A small blob, such as a config, checked; {@code limit} in bytes. */
    public byte[] pullBytes(ApplicationName repository, Digest blob, long size, int limit) throws IOException {
        String tried = "Pulling the blob " + blob + " of " + repository;
        if (size > limit) {
            throw new Problem.TooLarge(
                            "CONTENT_TOO_LARGE",
                            tried,
                            "it has " + size + " bytes, at most " + limit + " are taken here.",
                            "Use another client for content of this size.")
                    .exception();
        }
        try (InputStream in = open(tried, repository, blob)) {
            return Verifying.read(tried, in, blob, size);
        }
    }

    /**
     * Streams a blob into a file that appears only when length and hash are right.
     *
     * @param size bytes that the manifest promises
     */
    public void pullTo(ApplicationName repository, Digest blob, long size, Path file) throws IOException {
        String tried = "Pulling the blob " + blob + " of " + repository;
        try (InputStream in = open(tried, repository, blob)) {
            Verifying.save(tried, in, new Verifying.Expected(blob, size), file);
        }
    }

    private InputStream open(String tried, ApplicationName repository, Digest blob) throws IOException {
        HttpResponse<InputStream> answer = waiting.exchange(
                connection, request(repository, "/blobs/" + blob).GET().build(), BodyHandlers.ofInputStream());
        if (answer.statusCode() == 200) {
            return answer.body();
        }
        try (InputStream body = answer.body()) {
            throw problem(tried, answer, body.readNBytes(64 * 1024));
        }
    }

    private HttpRequest.Builder request(ApplicationName repository, String rest) {
        return connection.builder("/v2/" + repository + rest).timeout(TRANSFER);
    }

    private HttpResponse<byte[]> send(HttpRequest request) {
        return waiting.exchange(connection, request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MANIFEST_LIMIT));
    }

    /** The upload's place; one on another host would get our token, so it is refused. */
    private String uploadPath(HttpResponse<?> answer, Digest digest) {
        String location = answer.headers().firstValue("Location").orElse("");
        URI place = answer.request().uri().resolve(location);
        if (location.isEmpty()
                || !connection.base().getAuthority().equals(place.getAuthority())
                || !connection.base().getScheme().equals(place.getScheme())) {
            throw connection.nonsense("it sends the upload to '" + location + "', which is not this server.");
        }
        String query = place.getRawQuery() == null ? "?" : "?" + place.getRawQuery() + "&";
        return place.getRawPath() + query + "digest=" + digest;
    }

    private void requireSame(String tried, Digest digest, HttpResponse<?> answer) {
        String said = answer.headers().firstValue("Docker-Content-Digest").orElse(digest.toString());
        if (!said.equals(digest.toString())) {
            throw Verifying.mismatch(tried, "the registry stored " + said + " instead.");
        }
    }

    private ProblemException problem(String tried, HttpResponse<byte[]> answer) {
        return problem(tried, answer, answer.body());
    }

    private ProblemException problem(String tried, HttpResponse<?> answer, byte[] body) {
        int status = answer.statusCode();
        if (status / 100 == 3) {
            return connection.nonsense("it redirects to "
                    + answer.headers().firstValue("Location").orElse("nowhere")
                    + ", and Waybill follows no redirect with content.");
        }
        String said = message(body);
        String missing = "the registry answered " + status + (said.isEmpty() ? "." : ": " + said);
        return switch (status) {
            case 401 ->
                new Problem.Unauthenticated("UNAUTHENTICATED", tried, missing, "Log in with `waybill login`.")
                        .exception();
            case 403 ->
                new Problem.Forbidden(
                                "REGISTRY_DENIED",
                                tried,
                                missing,
                                "Ask for the permission, or log in as somebody who has it.")
                        .exception();
            case 404 -> new Problem.NotFound("CONTENT_UNKNOWN", tried, missing, "Check the reference.").exception();
            case 400, 413, 416 ->
                new Problem.Refused("REGISTRY_REFUSED", tried, missing, "Read the registry's answer and try again.")
                        .exception();
            case 429 -> busy(tried, missing, answer);
            default -> connection.nonsense(missing);
        };
    }

    private ProblemException busy(String tried, String missing, HttpResponse<?> answer) {
        String later = answer.headers()
                .firstValue("Retry-After")
                .map(value -> " It says to come again after " + value.replaceAll("[^ -~]", "?") + " s.")
                .orElse("");
        return new Problem.Unavailable(
                        "REGISTRY_BUSY",
                        tried,
                        missing + later + " At most " + waiting.longest().toSeconds() + " s are waited.",
                        "Try again later: what is there is not transferred again.")
                .exception();
    }

    private static String message(byte[] body) {
        return error(body).path("message").asString("");
    }

    private static JsonNode error(byte[] body) {
        try {
            return Json.parse(body).path("errors").path(0);
        } catch (ProblemException e) {
            return Json.object();
        }
    }
}
