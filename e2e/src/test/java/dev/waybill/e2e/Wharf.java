package dev.waybill.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waybill.api.client.Content;
import dev.waybill.api.client.PulledManifest;
import dev.waybill.api.client.RegistryClient;
import dev.waybill.api.client.WaybillClient;
import dev.waybill.api.registry.RepositoryListing;
import dev.waybill.core.name.ActorName;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.Version;
import dev.waybill.server.ServerConfig;
import dev.waybill.server.WaybillServer;
import dev.waybill.server.identity.Actor;
import dev.waybill.server.identity.Grant;
import dev.waybill.server.identity.Role;
import dev.waybill.server.identity.Tokens;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A server whose repositories are moved in and out, somebody who may, and what they push. */
final class Wharf implements AutoCloseable {
    static final String IMAGE = "application/vnd.oci.image.manifest.v1+json";
    static final String INDEX = "application/vnd.oci.image.index.v1+json";
    static final ApplicationName SHOP = new ApplicationName("shop");

    final WaybillServer server;
    final String token;
    final WaybillClient client;
    final Cli desk;

    Wharf(Path directory) {
        server = WaybillServer.start(ServerConfig.of(directory.resolve("data"), 0));
        token = token("mover", Role.BUILDER, Role.PROMOTER);
        client = WaybillClient.to(URI.create(server.url()), token);
        try {
            Files.createDirectories(directory.resolve("desk"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        desk = new Cli(
                directory.resolve("desk"),
                Map.of(
                        "WAYBILL_URL", server.url(),
                        "WAYBILL_TOKEN", token,
                        "WAYBILL_CONFIG_DIR", directory.resolve("config").toString(),
                        "REGISTRY_AUTH_FILE", directory.resolve("auth.json").toString(),
                        "NO_COLOR", "1"));
    }

    String token(String name, Role... roles) {
        List<Grant> grants = Stream.of(roles).map(Grant::everywhere).toList();
        return server.tokens()
                .make(new Tokens.Wish(new Actor(new ActorName(name), Set.of(), grants), false, null))
                .text();
    }

    String host() {
        return "127.0.0.1:" + server.port();
    }

    private RegistryClient registry() {
        return client.registry();
    }

    static byte[] random(int seed, int size) {
        byte[] bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private static String descriptor(String mediaType, byte[] content) {
        return "{\"mediaType\":\"" + mediaType + "\",\"digest\":\"" + Digest.sha256(content) + "\",\"size\":"
                + content.length + "}";
    }

    /** An image with one layer of its own, perhaps about another manifest. */
    byte[] image(ApplicationName repository, int seed, int size, byte @Nullable [] subject) {
        byte[] config = ("{\"architecture\":\"amd64\",\"os\":\"linux\",\"config\":{},\"rootfs\":{\"type\":\"layers\","
                        + "\"diff_ids\":[\"" + Digest.sha256(random(seed, size)) + "\"]}}")
                .getBytes(UTF_8);
        registry().push(repository, Content.of(config));
        registry().push(repository, Content.of(random(seed, size)));
        String about = subject == null ? "" : ",\"subject\":" + descriptor(IMAGE, subject);
        String type =
                subject == null ? "application/vnd.oci.image.config.v1+json" : "application/vnd.example.sign+json";
        return push(
                repository,
                IMAGE,
                "{\"schemaVersion\":2,\"mediaType\":\"" + IMAGE + "\",\"config\":" + descriptor(type, config)
                        + ",\"layers\":[" + descriptor("application/vnd.oci.image.layer.v1.tar", random(seed, size))
                        + "]" + about + "}");
    }

    byte[] index(ApplicationName repository, String type, byte[]... members) {
        String list = Stream.of(members).map(m -> descriptor(type, m)).collect(Collectors.joining(","));
        return push(
                repository,
                INDEX,
                "{\"schemaVersion\":2,\"mediaType\":\"" + INDEX + "\",\"manifests\":[" + list + "]}");
    }

    private byte[] push(ApplicationName repository, String type, String json) {
        byte[] bytes = json.getBytes(UTF_8);
        registry().pushManifest(repository, type, bytes);
        return bytes;
    }

    void tag(ApplicationName repository, String tag, String type, byte[] manifest) {
        registry()
                .tag(repository, new Version(tag), new PulledManifest(Digest.sha256(manifest), type, manifest))
                .ifPresent(why -> {
                    throw new AssertionError(why);
                });
    }

    /** Tags, an index in an index, an untagged image with what is said about it and about that, and a signature by tag. */
    byte[] fill(ApplicationName repository) {
        byte[] one = image(repository, 1, 20_000, null);
        byte[] two = image(repository, 2, 30_000, null);
        byte[] inner = index(repository, IMAGE, one, two);
        byte[] outer = index(repository, INDEX, inner);
        byte[] untagged = image(repository, 3, 1_000, null);
        byte[] said = image(repository, 4, 500, untagged);
        image(repository, 5, 400, said);
        image(repository, 6, 300, one);
        byte[] signature = image(repository, 7, 200, null);
        tag(repository, "1.0", IMAGE, one);
        tag(repository, "1.0.0", IMAGE, one);
        tag(repository, "multi", INDEX, inner);
        tag(repository, "nested", INDEX, outer);
        tag(repository, "sha256-" + Digest.sha256(one).hex() + ".sig", IMAGE, signature);
        return one;
    }

    /** Every manifest with its tags, of all pages. */
    Map<Digest, List<Version>> listing(String repository) {
        Map<Digest, List<Version>> all = new TreeMap<>();
        Digest after = null;
        do {
            RepositoryListing page = client.storage().list(new ApplicationName(repository), after);
            page.manifests().forEach(m -> all.put(m.digest(), m.tags()));
            after = page.next();
        } while (after != null);
        return all;
    }

    /** What lies below a directory, by name, with the hash of its bytes. */
    static Map<String, Digest> tree(Path directory) {
        Map<String, Digest> tree = new TreeMap<>();
        for (Path file : files(directory)) {
            try {
                tree.put(directory.relativize(file).toString(), Digest.sha256(Files.readAllBytes(file)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return tree;
    }

    static List<Path> files(Path directory) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(directory)) {
            return new ArrayList<>(files.filter(Files::isRegularFile).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        client.connection().close();
        server.close();
    }
}
