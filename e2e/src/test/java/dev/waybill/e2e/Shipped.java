package dev.waybill.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waybill.api.artifact.RegistrationRequest;
import dev.waybill.api.client.Content;
import dev.waybill.api.client.WaybillClient;
import dev.waybill.api.evidence.TestRequest;
import dev.waybill.api.oci.Descriptor;
import dev.waybill.api.oci.Manifest;
import dev.waybill.api.promotion.PromotionRequest;
import dev.waybill.cli.Main;
import dev.waybill.cli.Session;
import dev.waybill.cli.terminal.Terminal;
import dev.waybill.core.json.Json;
import dev.waybill.core.name.ActorName;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.CommitId;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.EnvironmentName;
import dev.waybill.core.predicate.Person;
import dev.waybill.core.predicate.Provenance;
import dev.waybill.core.predicate.TestResult;
import dev.waybill.server.ServerConfig;
import dev.waybill.server.WaybillServer;
import dev.waybill.server.identity.Actor;
import dev.waybill.server.identity.Grant;
import dev.waybill.server.identity.Role;
import dev.waybill.server.identity.Tokens;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A whole server with one artifact that was pushed, registered with its provenance, tested and promoted. */
final class Shipped implements AutoCloseable {
    static final ApplicationName SHOP = new ApplicationName("shop");
    static final EnvironmentName DEV = new EnvironmentName("dev");
    private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");

    final WaybillServer server;
    final WaybillClient admin;
    final Digest artifact;

    Shipped(Path data) {
        server = WaybillServer.start(ServerConfig.of(data, 0));
        admin = client(token("admin", Role.ADMIN));
        artifact = push();
        register();
        test();
        admin.promotions().apply(SHOP, Json.parse("[\"dev\"]".getBytes(UTF_8)), false);
        admin.promotions().promote(new PromotionRequest(artifact.toString(), DEV));
    }

    String token(String name, Role role) {
        Actor actor = new Actor(new ActorName(name), Set.of(), List.of(Grant.everywhere(role)));
        return server.tokens().make(new Tokens.Wish(actor, false, null)).text();
    }

    WaybillClient client(String token) {
        return WaybillClient.to(URI.create(server.url()), token);
    }

    private Digest push() {
        byte[] jar = "bytes of a shop".getBytes(UTF_8);
        byte[] config = "{}".getBytes(UTF_8);
        admin.registry().push(SHOP, Content.of(jar));
        admin.registry().push(SHOP, Content.of(config));
        Manifest manifest = Manifest.of(
                "application/vnd.example.shop.v1",
                descriptor("application/vnd.oci.empty.v1+json", config),
                List.of(descriptor("application/java-archive", jar)));
        return admin.registry().pushManifest(SHOP, Manifest.MEDIA_TYPE, manifest.bytes());
    }

    private static Descriptor descriptor(String mediaType, byte[] content) {
        return new Descriptor(mediaType, Digest.sha256(content), content.length, null);
    }

    private void register() {
        Provenance provenance = new Provenance(
                new Provenance.BuildDefinition(
                        "https://waybill.dev/build/v1", Json.object().put("command", "mvn package"), null, null),
                new Provenance.RunDetails(new Provenance.Builder("https://ci.example.com", null), null, null));
        admin.artifacts()
                .register(new RegistrationRequest(
                        SHOP,
                        new CommitId("a".repeat(40)),
                        artifact,
                        "https://git.example.com/shop.git",
                        new Person("Packer", "packer@example.com"),
                        null,
                        List.of(),
                        "build",
                        provenance));
    }

    private void test() {
        TestResult.Run run = new TestResult.Run(
                "run-1", "mvn verify", 0, NOON, NOON.plusSeconds(9), new ActorName("admin"), List.of());
        admin.evidence()
                .test(new TestRequest(SHOP, artifact, "unit", TestResult.Binding.FETCHED, run, List.of(), null));
    }

    /** Waits until the registry lists so many referrers of the artifact. */
    void awaitReferrers(int count) {
        Instant deadline = Instant.now().plus(Duration.ofSeconds(30));
        String path = "/v2/" + SHOP + "/referrers/" + artifact;
        while (Json.parse(admin.connection().bytes(path)).path("manifests").size() < count) {
            if (Instant.now().isAfter(deadline)) {
                throw new AssertionError("The registry does not list " + count + " referrers: "
                        + new String(admin.connection().bytes(path), UTF_8));
            }
            Thread.onSpinWait();
        }
    }

    /** {@code waybill} with these arguments, as the admin; fails the test unless it exits with 0. Returns what it printed. */
    String waybill(Path directory, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(out, true, UTF_8);
        Map<String, String> environment = Map.of(
                "WAYBILL_URL", server.url(),
                "WAYBILL_TOKEN", token("admin", Role.ADMIN),
                "WAYBILL_CONFIG_DIR", directory.resolve("config").toString());
        Session session = new Session(
                Terminal.plain(stream, stream, Clock.systemUTC()),
                environment,
                directory,
                new ByteArrayInputStream(new byte[0]));
        int exit = Main.run(session, List.of(arguments));
        if (exit != 0) {
            throw new AssertionError("Exit " + exit + ": " + out.toString(UTF_8));
        }
        return out.toString(UTF_8);
    }

    @Override
    public void close() {
        server.close();
    }
}
