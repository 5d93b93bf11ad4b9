package dev.waybill.server.insight;

import dev.waybill.api.artifact.ArtifactInfo;
import dev.waybill.api.artifact.RegistrationRequest;
import dev.waybill.api.client.Content;
import dev.waybill.api.client.WaybillClient;
import dev.waybill.api.deploy.EnrolRequest;
import dev.waybill.api.deploy.Enrolled;
import dev.waybill.api.deploy.InvitationRequest;
import dev.waybill.api.deploy.ReportRequest;
import dev.waybill.api.deploy.SignedBody;
import dev.waybill.api.evidence.TestRequest;
import dev.waybill.api.identity.GrantBody;
import dev.waybill.api.identity.TokenRequest;
import dev.waybill.api.promotion.ConfigurationChange;
import dev.waybill.api.promotion.ConfigurationValue;
import dev.waybill.api.promotion.MarkRequest;
import dev.waybill.api.promotion.PromotionRequest;
import dev.waybill.api.promotion.PromotionView;
import dev.waybill.core.json.Json;
import dev.waybill.core.name.ActorName;
import dev.waybill.core.name.AgentName;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.CommitId;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.ReleaseId;
import dev.waybill.core.name.Slot;
import dev.waybill.core.predicate.CommitNote;
import dev.waybill.core.predicate.ConfigurationSet;
import dev.waybill.core.predicate.Deployment;
import dev.waybill.core.predicate.Mark;
import dev.waybill.core.predicate.Observation;
import dev.waybill.core.predicate.Person;
import dev.waybill.core.predicate.TestResult;
import dev.waybill.core.statement.Predicate;
import dev.waybill.core.statement.Signed;
import dev.waybill.core.statement.SigningKey;
import dev.waybill.core.statement.Statement;
import dev.waybill.core.statement.Subject;
import dev.waybill.server.ServerConfig;
import dev.waybill.server.WaybillServer;
import dev.waybill.server.identity.Actor;
import dev.waybill.server.identity.Grant;
import dev.waybill.server.identity.Role;
import dev.waybill.server.identity.Tokens;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A whole server and everybody who talks to it: a builder, a promoter, an approver and an agent on one host. */
final class Story implements AutoCloseable {
    static final ApplicationName SHOP = new ApplicationName("shop");
    static final Slot STAGING = Slot.parse("staging/shop");
    static final Slot PRODUCTION = Slot.parse("production/shop");
    static final AgentName HOST = new AgentName("host-1");

    private static final Duration PATIENCE = Duration.ofSeconds(40);

    final WaybillServer server;
    private final SigningKey key = key();
    private final Map<String, Digest> chain = new HashMap<>();
    private final Map<String, Long> numbers = new HashMap<>();
    private @Nullable WaybillClient agent;

    Story(ServerConfig config) {
        server = WaybillServer.start(config);
        client(Role.ADMIN)
                .promotions()
                .apply(
                        SHOP,
                        Json.parse("[\"staging\", {\"production\": {\"tests\": [\"unit\"], \"approvals\": 1}}]"
                                .getBytes(StandardCharsets.UTF_8)),
                        false);
    }

    private static SigningKey key() {
        KeyPair pair = SigningKey.generate();
        return new SigningKey(pair.getPrivate(), pair.getPublic().getEncoded());
    }

    WaybillClient client(Role role) {
        return WaybillClient.to(URI.create(server.url()), token(role));
    }

    private String token(Role role) {
        ActorName name = new ActorName(role.label());
        Actor actor = new Actor(name, Set.of(name + "@example.com"), List.of(Grant.everywhere(role)));
        return server.tokens().make(new Tokens.Wish(actor, false, null)).text();
    }

    /** An account of a cluster that pulls only what was released into the environment. */
    String limited(Slot slot) {
        return client(Role.ADMIN)
                .identity()
                .makeToken(new TokenRequest(
                        new ActorName("cluster"),
                        List.of(),
                        List.of(new GrantBody(Role.VIEWER.label(), null, null)),
                        null,
                        slot.environment()))
                .token();
    }

    /** Registers an artifact that nobody promotes, and takes it out again. */
    void buryOne() throws Exception {
        Digest digest = build(3, "Never promoted").digest();
        if (send(token(Role.ADMIN), "DELETE", "/v2/shop/manifests/" + digest) != 202) {
            throw new AssertionError("The manifest was not taken out");
        }
    }

    /** The status of an answer. */
    int send(String token, String method, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.url() + path))
                .header("Authorization", "Bearer " + token)
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        }
    }

    /** The warnings with which a client is given this manifest. */
    List<String> warnings(Digest manifest) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.url() + "/v2/shop/manifests/" + manifest))
                .header("Authorization", "Bearer " + token(Role.VIEWER))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.discarding())
                    .headers()
                    .allValues("Warning");
        }
    }

    /** A page as a browser gets it. */
    String page(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.url() + path))
                .header("Accept", "text/html")
                .header("Cookie", "waybill=" + token(Role.VIEWER))
                .build();
        try (HttpClient browser = HttpClient.newHttpClient()) {
            return browser.send(request, HttpResponse.BodyHandlers.ofString()).body();
        }
    }

    static ConfigurationValue text(String value) {
        return new ConfigurationValue(ConfigurationSet.Kind.VALUE, value);
    }

    static ConfigurationValue secret(String value) {
        return new ConfigurationValue(ConfigurationSet.Kind.SECRET, value);
    }

    void configure(Slot slot, Map<String, ConfigurationValue> set, String... unset) {
        client(Role.CONFIGURER).configuration().change(slot, new ConfigurationChange(set, List.of(unset), null));
    }

    void hold(Slot slot, boolean end) {
        client(Role.PROMOTER).promotions().mark(new MarkRequest(Mark.Kind.HOLD, end, slot, null, "It is Friday."));
    }

    void veto(Digest artifact, String reason) {
        client(Role.PROMOTER)
                .promotions()
                .mark(new MarkRequest(Mark.Kind.VETO, false, null, artifact.toString(), reason));
    }

    /** The server holds a slot by itself a moment after a deployment failed there. */
    void awaitHold(Slot slot) {
        WaybillClient viewer = client(Role.VIEWER);
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!viewer.insight().running(slot).getFirst().held()) {
            if (System.nanoTime() > end) {
                throw new AssertionError(slot + " is not held after " + PATIENCE);
            }
            LockSupport.parkNanos(20_000_000);
        }
    }

    static CommitId commit(int number) {
        return new CommitId(String.format("%040x", 0xabcdef0000L + number));
    }

    ArtifactInfo build(int number, String subject) throws Exception {
        return build(number, number, subject);
    }

    /** @param goods which file it holds */
    ArtifactInfo build(int number, int goods, String subject) throws Exception {
        Digest digest = push(SHOP, number, goods);
        return client(Role.BUILDER)
                .artifacts()
                .register(new RegistrationRequest(
                        SHOP,
                        commit(number),
                        digest,
                        "https://git.example.com/shop.git",
                        new Person("Dan", "dan@example.com"),
                        null,
                        List.of(new CommitNote(commit(number), new Person("Dan", "dan@example.com"), subject)),
                        "build",
                        null));
    }

    /** The bytes of a build, in another application's repository. */
    void pushAgain(ApplicationName application, int number) throws Exception {
        push(application, number, number);
    }

    private Digest push(ApplicationName application, int number, int goods) throws Exception {
        WaybillClient builder = client(Role.BUILDER);
        Content config = Content.of(config(number));
        Content layer = Content.of(("shop " + goods).getBytes(StandardCharsets.UTF_8));
        builder.registry().push(application, config);
        builder.registry().push(application, layer);
        String manifest = """
                {"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json",
                "artifactType":"application/vnd.oci.unknown.v1",
                "config":{"mediaType":"application/vnd.oci.empty.v1+json","digest":"%s","size":%d},
                "layers":[{"mediaType":"application/java-archive","digest":"%s","size":%d,
                "annotations":{"org.opencontainers.image.title":"shop.jar"}}]}
                """.formatted(config.digest(), config.size(), layer.digest(), layer.size());
        return builder.registry()
                .pushManifest(
                        application,
                        "application/vnd.oci.image.manifest.v1+json",
                        manifest.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] config(int number) {
        return ("{\"n\":" + number + "}").getBytes(StandardCharsets.UTF_8);
    }

    void test(Digest artifact, TestResult.Binding binding, int exitCode) {
        Instant now = Instant.now();
        client(Role.BUILDER)
                .evidence()
                .test(new TestRequest(
                        SHOP,
                        artifact,
                        "unit",
                        binding,
                        new TestResult.Run(
                                "run-" + now, "mvn test", exitCode, now, now, new ActorName("builder"), List.of()),
                        List.of(),
                        null));
    }

    PromotionView promote(Digest artifact, Slot slot) {
        return client(Role.PROMOTER)
                .promotions()
                .promote(new PromotionRequest(artifact.toString(), slot.environment()));
    }

    void enrol() {
        String invitation = client(Role.ADMIN)
                .deploy()
                .invite(new InvitationRequest(HOST, List.of(STAGING, PRODUCTION)))
                .token();
        EnrolRequest request = new EnrolRequest(
                HOST,
                Base64.getEncoder().encodeToString(key.publicKey()),
                Map.of(STAGING, "stage", PRODUCTION, "front"));
        Enrolled enrolled = client(Role.ADMIN).deploy().enrol(invitation, request);
        agent = WaybillClient.to(URI.create(server.url()), enrolled.token());
    }

    /** The agent asks what to run, deploys the release and sees these bytes running. */
    void deploy(ReleaseId release, Digest artifact) {
        agent().deploy().desired(0, Duration.ZERO);
        deployed(release, artifact, Deployment.Outcome.SUCCEEDED, release);
        see(release, artifact);
    }

    /** The agent tried and could not. */
    void fail(ReleaseId release, Digest artifact) {
        agent().deploy().desired(0, Duration.ZERO);
        deployed(release, artifact, Deployment.Outcome.FAILED, null);
    }

    private void deployed(ReleaseId release, Digest artifact, Deployment.Outcome outcome, @Nullable ReleaseId running) {
        Instant now = Instant.now();
        String target = target(release.slot());
        report(
                "deployment " + target,
                artifact,
                (number, previous) -> new Deployment(
                        HOST,
                        target,
                        number,
                        previous,
                        release,
                        outcome,
                        running,
                        false,
                        null,
                        null,
                        now,
                        now,
                        "Health was asked.",
                        null));
    }

    void see(ReleaseId release, Digest artifact) {
        Instant now = Instant.now();
        String target = target(release.slot());
        report(
                "observation " + target,
                artifact,
                (number, previous) -> new Observation(
                        HOST,
                        target,
                        number,
                        previous,
                        release.slot(),
                        Observation.State.RUNNING,
                        artifact,
                        release,
                        "hashed the files",
                        new Observation.ProcessSeen(42, now),
                        List.of(),
                        now,
                        null));
    }

    private static String target(Slot slot) {
        return slot.equals(STAGING) ? "stage" : "front";
    }

    private interface Saying {
        Predicate in(long number, @Nullable Digest previous);
    }

    private void report(String kind, Digest artifact, Saying saying) {
        long number = numbers.merge(kind, 1L, Long::sum);
        Signed signed = key.sign(Statement.of(saying.in(number, chain.get(kind)), Subject.of("artifact", artifact)));
        chain.put(kind, signed.id());
        Base64.Encoder base64 = Base64.getEncoder();
        agent().deploy()
                .report(new ReportRequest(List.of(new SignedBody(
                        base64.encodeToString(signed.payload()),
                        base64.encodeToString(signed.signature()),
                        base64.encodeToString(signed.publicKey())))));
    }

    private WaybillClient agent() {
        if (agent == null) {
            throw new IllegalStateException("Enrol first");
        }
        return agent;
    }

    @Override
    public void close() {
        server.close();
    }
}
