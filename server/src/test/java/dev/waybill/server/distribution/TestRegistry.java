package dev.waybill.server.distribution;

import dev.waybill.core.json.Json;
import dev.waybill.core.name.ActorName;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.Digest;
import dev.waybill.server.blob.FileBlobStore;
import dev.waybill.server.blob.InUse;
import dev.waybill.server.db.Database;
import dev.waybill.server.db.TestDatabases;
import dev.waybill.server.http.Credentials;
import dev.waybill.server.http.Routes;
import dev.waybill.server.http.Web;
import dev.waybill.server.identity.AccessTokens;
import dev.waybill.server.identity.Actor;
import dev.waybill.server.identity.Grant;
import dev.waybill.server.identity.Role;
import dev.waybill.server.identity.Tokens;
import dev.waybill.server.ledger.FileLedger;
import dev.waybill.server.ledger.Ledger;
import dev.waybill.server.quota.Limits;
import dev.waybill.server.registry.Hooks;
import dev.waybill.server.registry.PullRules;
import dev.waybill.server.registry.Registry;
import dev.waybill.server.registry.SqlTombstones;
import dev.waybill.server.tag.CommitTags;
import dev.waybill.server.tag.LedgerTagFacts;
import dev.waybill.server.tag.TagPattern;
import dev.waybill.server.tag.TagRules;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;

/** A registry behind a real web server on a free port, over a real database, with its blobs in a directory. */
final class TestRegistry implements AutoCloseable {
    static final String INDEX = "application/vnd.oci.image.index.v1+json";
    static final String IMAGE = "application/vnd.oci.image.manifest.v1+json";

    final Path blobs;
    final Database database;
    final Registry registry;
    final Ledger ledger;
    final Set<Digest> kept = ConcurrentHashMap.newKeySet();
    final Map<String, Digest> commits = new ConcurrentHashMap<>();
    final Tokens tokens;
    final String builder;
    final int port;
    private final Web web;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    TestRegistry(Path directory) throws IOException {
        this(directory, TestDatabases.sqlite(directory));
    }

    TestRegistry(Path directory, TestDatabases.Place place) throws IOException {
        this(directory, place, Limits.DEFAULT);
    }

    TestRegistry(Path directory, TestDatabases.Place place, Limits limits) throws IOException {
        this.blobs = directory.resolve("blobs");
        this.database = place.open();
        Files.createDirectories(directory.resolve("data"));
        this.ledger = FileLedger.open(database, directory.resolve("data"), "test.example", Clock.systemUTC());
        this.tokens = new Tokens(database, Clock.systemUTC());
        CommitTags commitTags = (application, commit, manifest, by) ->
                tx -> commits.merge(application + "@" + commit, manifest, (old, now) -> old);
        Hooks hooks = new Hooks(
                TagRules.DEFAULT.with(List.of(
                        TagPattern.parse("*:latest=forward"),
                        TagPattern.parse("aliased:1.*.*=immutable"),
                        TagPattern.parse("aliased:1*=forward"),
                        TagPattern.parse("*:nightly-*=floating"))),
                new LedgerTagFacts(ledger),
                commitTags,
                (tx, digest) -> kept.contains(digest),
                PullRules.NONE,
                (tx, repository, digest) -> List.of(),
                new SqlTombstones(Duration.ofDays(7)),
                new InUse(),
                limits);
        this.registry = new Registry(database, new FileBlobStore(blobs), hooks, Clock.systemUTC());
        Routes routes = new Routes();
        AccessTokens access =
                new AccessTokens(tokens, Clock.systemUTC(), "test.example", List.of(new ApplicationName("open")));
        new RegistryHandler(registry, new Challenges(access.service(), false)).addTo(routes);
        new RepositoryHandler(registry, new Copies(database, ledger, registry.manifests(), Clock.systemUTC()))
                .addTo(routes);
        new TokenHandler(access).addTo(routes);
        this.web = new Web(routes, new Credentials(tokens, access), (status, problem) -> new byte[0]);
        this.port = web.start("127.0.0.1", 0);
        this.builder = token("builder", Grant.everywhere(Role.BUILDER), Grant.everywhere(Role.PROMOTER));
    }

    String token(String name, Grant... grants) {
        Actor actor = new Actor(new ActorName(name), Set.of(), List.of(grants));
        return tokens.make(new Tokens.Wish(actor, false, null)).text();
    }

    static Grant on(Role role, String application) {
        return new Grant(role, new ApplicationName(application), null);
    }

    /** A request as the builder; more headers as name, value, name, value. */
    HttpResponse<byte[]> send(String method, String path, byte[] body, String... headers) {
        return sendAs(builder, method, path, body, headers);
    }

    HttpResponse<byte[]> get(String path, String... headers) {
        return send("GET", path, new byte[0], headers);
    }

    HttpResponse<byte[]> sendAs(String token, String method, String path, byte[] body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .method(
                        method,
                        body.length == 0
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(body));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Pushes a blob the way most clients do: POST, then PUT of everything. */
    Digest push(String repository, byte[] blob) {
        Digest digest = Digest.sha256(blob);
        String location = send("POST", "/v2/" + repository + "/blobs/uploads/", new byte[0])
                .headers()
                .firstValue("Location")
                .orElseThrow();
        HttpResponse<byte[]> put = send("PUT", location + "?digest=" + digest, blob);
        if (put.statusCode() != 201) {
            throw new AssertionError(put.statusCode() + " " + new String(put.body(), StandardCharsets.UTF_8));
        }
        return digest;
    }

    HttpResponse<byte[]> putManifest(String repository, String reference, String json) {
        return send("PUT", "/v2/" + repository + "/manifests/" + reference, bytes(json), "Content-Type", IMAGE);
    }

    /** An image manifest with an empty config and these layers, which are pushed first. */
    String image(String repository, byte[]... layers) {
        byte[] config = bytes("{}");
        push(repository, config);
        StringBuilder list = new StringBuilder();
        for (byte[] layer : layers) {
            push(repository, layer);
            list.append(list.isEmpty() ? "" : ",").append(descriptor("application/octet-stream", layer));
        }
        return "{\"schemaVersion\":2,\"mediaType\":\"" + IMAGE + "\",\"config\":"
                + descriptor("application/vnd.oci.empty.v1+json", config) + ",\"layers\":[" + list + "]}";
    }

    static String descriptor(String mediaType, byte[] content) {
        return "{\"mediaType\":\"" + mediaType + "\",\"digest\":\"" + Digest.sha256(content) + "\",\"size\":"
                + content.length + "}";
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static String text(HttpResponse<byte[]> response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    /** Says the code of distribution-spec and, in its detail, ours. */
    static String code(HttpResponse<byte[]> response) {
        JsonNode error = Json.parse(response.body()).path("errors").path(0);
        return error.path("code").asString("") + " "
                + error.path("detail").path("code").asString("");
    }

    Path file(Digest digest) {
        return blobs.resolve(digest.algorithm().label())
                .resolve(digest.hex().substring(0, 2))
                .resolve(digest.hex());
    }

    @Override
    public void close() {
        web.close();
        database.close();
    }
}
