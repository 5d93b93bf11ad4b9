package dev.waybill.agent;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.waybill.api.ProblemBody;
import dev.waybill.api.deploy.DesiredRelease;
import dev.waybill.api.deploy.DesiredState;
import dev.waybill.api.deploy.EnrolRequest;
import dev.waybill.api.deploy.Enrolled;
import dev.waybill.api.deploy.Heartbeat;
import dev.waybill.api.deploy.ReportAnswer;
import dev.waybill.api.deploy.ReportRequest;
import dev.waybill.api.deploy.SignedBody;
import dev.waybill.api.oci.Descriptor;
import dev.waybill.api.oci.Manifest;
import dev.waybill.api.promotion.ConfigurationValue;
import dev.waybill.core.bundle.BundleWriter;
import dev.waybill.core.json.Json;
import dev.waybill.core.ledger.InclusionProof;
import dev.waybill.core.ledger.Leaf;
import dev.waybill.core.ledger.Logged;
import dev.waybill.core.merkle.Hash;
import dev.waybill.core.merkle.Nodes;
import dev.waybill.core.merkle.Proofs;
import dev.waybill.core.merkle.Tree;
import dev.waybill.core.name.ActorName;
import dev.waybill.core.name.CommitId;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.ReleaseId;
import dev.waybill.core.name.Slot;
import dev.waybill.core.name.Span;
import dev.waybill.core.note.Checkpoint;
import dev.waybill.core.note.LogKey;
import dev.waybill.core.predicate.ConfigurationSet;
import dev.waybill.core.predicate.ReleaseMade;
import dev.waybill.core.predicate.VerificationSummary;
import dev.waybill.core.problem.Problem;
import dev.waybill.core.project.ArtifactConfig;
import dev.waybill.core.project.ConfigurationContract;
import dev.waybill.core.project.Run;
import dev.waybill.core.statement.KeyRole;
import dev.waybill.core.statement.Signed;
import dev.waybill.core.statement.SigningKey;
import dev.waybill.core.statement.Statement;
import dev.waybill.core.statement.Subject;
import dev.waybill.core.verify.Commitment;
import dev.waybill.core.verify.TrustRoot;
import dev.waybill.core.verify.TrustedKey;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What an agent sees of a server: a real ledger with real signatures, a registry, and a server that can be told to lie. */
final class ServerFake implements AutoCloseable {
    static final String ORIGIN = "ledger.test";
    private static final byte[] COMMITMENT_KEY = new byte[32];
    static final CommitId COMMIT = new CommitId("c0ffee0000000000000000000000000000000000");

    private final HttpServer http;
    private final LogKey log = logKey();
    private final SigningKey verdict = key();
    private final SigningKey record = key();
    private final List<Signed> entries = new ArrayList<>();
    private final Map<String, byte[]> content = new ConcurrentHashMap<>();
    private final Map<Slot, DesiredRelease> desired = new ConcurrentHashMap<>();
    private final Map<Slot, Signed> configured = new ConcurrentHashMap<>();
    private final Map<Slot, Signed> previous = new ConcurrentHashMap<>();

    /** Releases that it shows to who was away. */
    final Map<ReleaseId, Signed> chain = new ConcurrentHashMap<>();

    /** Slots whose reports are refused. */
    final Set<Slot> deaf = ConcurrentHashMap.newKeySet();
    /** Slots whose heartbeats came. */
    final Set<Slot> alive = ConcurrentHashMap.newKeySet();

    /** Slots that it wants to be looked at. */
    final Set<Slot> curious = ConcurrentHashMap.newKeySet();

    final AtomicInteger heartbeats = new AtomicInteger();
    final AtomicLong everySeconds = new AtomicLong();
    final List<Statement> reported = new CopyOnWriteArrayList<>();
    private volatile long sequence = 1;

    ServerFake() throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/", this::answer);
        http.setExecutor(java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor());
        http.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + http.getAddress().getPort());
    }

    TrustRoot trust() {
        return TrustRoot.of(
                log.verifier(),
                List.of(
                        TrustedKey.server(KeyRole.VERDICT, verdict.publicKey()),
                        TrustedKey.server(KeyRole.RECORD, record.publicKey())));
    }

    /** Pushes an artifact that runs this script and returns its digest. */
    Digest artifact(Slot slot, String script) {
        Digest file = push(slot, "blobs", script.getBytes(StandardCharsets.UTF_8));
        Run run = new Run(
                List.of("./serve"),
                new Run.Health(
                        null, null, List.of("sh", "-c", "grep -q \"^$WAYBILL_RELEASE \" \"$OUT\""), Span.parse("5s")),
                Map.of());
        ArtifactConfig config = new ArtifactConfig(
                slot.application(), COMMIT, ArtifactConfig.Kind.BINARY, run, ConfigurationContract.NONE);
        Digest configDigest = push(slot, "blobs", config.bytes());
        byte[] manifest = Manifest.of(
                        ArtifactConfig.Kind.BINARY.artifactType(),
                        new Descriptor(ArtifactConfig.MEDIA_TYPE, configDigest, config.bytes().length, null),
                        List.of(new Descriptor(
                                "application/octet-stream",
                                file,
                                script.getBytes(StandardCharsets.UTF_8).length,
                                Map.of(Descriptor.TITLE, "serve"))))
                .bytes();
        return push(slot, "manifests", manifest);
    }

    private Digest push(Slot slot, String kind, byte[] bytes) {
        Digest digest = Digest.sha256(bytes);
        content.put("/v2/" + slot.application() + "/" + kind + "/" + digest, bytes);
        return digest;
    }

    /** From now on the registry gives other bytes of the same length for this script. */
    void lieAbout(Slot slot, String script) {
        byte[] bytes = script.getBytes(StandardCharsets.UTF_8);
        byte[] other = bytes.clone();
        other[other.length - 2] ^= 1;
        content.put("/v2/" + slot.application() + "/blobs/" + Digest.sha256(bytes), other);
    }

    Signed summary(Slot slot, Digest artifact, VerificationSummary.Result result) {
        VerificationSummary summary = new VerificationSummary(
                new VerificationSummary.Verifier("https://" + ORIGIN, null),
                Instant.parse("2026-01-02T03:04:05Z"),
                VerificationSummary.resourceUri(ORIGIN, slot),
                new VerificationSummary.PolicyRef("policy", Map.of("sha256", artifact.hex())),
                List.of(),
                result,
                List.of(),
                "1.2",
                "p1",
                1L,
                List.of());
        return log(verdict.sign(Statement.of(summary, Subject.of("artifact", artifact))));
    }

    /** Sets what releases of the slot run with from now on, and commits to it. */
    void configure(Slot slot, Map<String, ConfigurationValue> values) {
        List<ConfigurationSet.Entry> entries = new TreeMap<>(values)
                .entrySet().stream()
                        .map(e -> new ConfigurationSet.Entry(
                                e.getKey(),
                                e.getValue().kind(),
                                Commitment.of(
                                        COMMITMENT_KEY, e.getValue().value().getBytes(StandardCharsets.UTF_8))))
                        .toList();
        ConfigurationSet says = new ConfigurationSet(
                slot, 1, null, entries, new ActorName("fourth"), Instant.parse("2026-01-02T03:04:05Z"));
        Signed signed =
                record.sign(Statement.of(says, Subject.of("configuration", Digest.sha256(Json.write(entries)))));
        configured.computeIfAbsent(slot, s -> log(signed));
    }

    Signed release(ReleaseId id, Digest artifact, Signed summary, ReleaseMade.Cause cause, @Nullable Long rollbackTo) {
        ReleaseMade made = new ReleaseMade(
                id.slot(),
                id.number(),
                previous.containsKey(id.slot()) ? previous.get(id.slot()).id() : null,
                artifact,
                COMMIT,
                configured.containsKey(id.slot()) ? 1 : 0,
                configured.containsKey(id.slot()) ? configured.get(id.slot()).id() : null,
                cause,
                summary.id(),
                rollbackTo,
                null,
                new ActorName("fourth"),
                Instant.parse("2026-01-02T03:04:05Z"));
        Signed signed = log(record.sign(Statement.of(made, Subject.of("artifact", artifact))));
        previous.put(id.slot(), signed);
        chain.put(id, signed);
        return signed;
    }

    /** Approves and commands, as a promotion does. */
    void promote(ReleaseId id, Digest artifact, Map<String, ConfigurationValue> configuration) {
        configure(id.slot(), configuration);
        Signed summary = summary(id.slot(), artifact, VerificationSummary.Result.PASSED);
        command(
                id,
                artifact,
                release(id, artifact, summary, ReleaseMade.Cause.PROMOTION, null),
                summary,
                configuration);
    }

    synchronized void command(
            ReleaseId id,
            Digest artifact,
            Signed release,
            Signed summary,
            Map<String, ConfigurationValue> configuration) {
        desired.put(
                id.slot(),
                new DesiredRelease(
                        id,
                        artifact,
                        COMMIT,
                        Json.parse(bundle(release)),
                        Json.parse(bundle(summary)),
                        1,
                        configuration,
                        Json.parse(bundle(Objects.requireNonNull(configured.get(id.slot())))),
                        configuration.keySet().stream()
                                .collect(Collectors.toMap(
                                        k -> k, k -> Base64.getEncoder().encodeToString(COMMITMENT_KEY)))));
        sequence++;
    }

    synchronized Signed log(Signed signed) {
        entries.add(signed);
        return signed;
    }

    synchronized byte[] bundle(Signed signed) {
        InclusionProof proof = InclusionProof.make(entries.indexOf(signed), entries.size(), this::node);
        return BundleWriter.write(new Logged(signed, proof, note()), log.verifier());
    }

    /** Forgets everything from an entry on and goes on differently, as an operator who rewrites history would. */
    synchronized void rewriteFrom(int index) {
        while (entries.size() > index) {
            entries.removeLast();
        }
        configured.values().removeIf(signed -> !entries.contains(signed));
    }

    int size() {
        return entries.size();
    }

    private synchronized String note() {
        Nodes nodes = this::node;
        Tree tree = new Tree(entries.size(), Proofs.root(entries.size(), nodes));
        return log.sign(Checkpoint.of(ORIGIN, tree)).encode();
    }

    private Hash node(int level, long index) {
        return level == 0
                ? Leaf.hash(entries.get((int) index))
                : Hash.node(node(level - 1, 2 * index), node(level - 1, 2 * index + 1));
    }

    private synchronized byte[] tile(String path) {
        String[] parts = path.split("/");
        int level = Integer.parseInt(parts[0]);
        int width = parts.length > 2 ? Integer.parseInt(parts[2]) : 256;
        byte[] bytes = new byte[width * Hash.BYTES];
        for (int i = 0; i < width; i++) {
            System.arraycopy(node(8 * level, i).bytes(), 0, bytes, i * Hash.BYTES, Hash.BYTES);
        }
        return bytes;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        byte[] body = exchange.getRequestBody().readAllBytes();
        byte[] answer = switch (path) {
            case "/api/v1/agents" -> Json.write(enrol(Json.read(body, EnrolRequest.class)));
            case "/api/v1/agent/desired" -> Json.write(desired());
            case "/api/v1/agent/reports" ->
                refuses(body) ? null : Json.write(take(Json.read(body, ReportRequest.class)));
            case "/api/v1/agent/heartbeats" -> hear(Json.read(body, Heartbeat.class));
            case "/ledger/checkpoint" -> note().getBytes(StandardCharsets.UTF_8);
            default ->
                path.startsWith("/api/v1/agent/releases/")
                        ? link(path)
                        : path.startsWith("/ledger/tile/")
                                ? tile(path.substring("/ledger/tile/".length()).replace(".p/", "/"))
                                : content.get(path);
        };
        if (answer == null && path.startsWith("/api/v1/agent/releases/")) {
            Problem unknown = new Problem.NotFound("RELEASE_UNKNOWN", "Looking", "there is none.", "List them.");
            byte[] problem = Json.write(ProblemBody.of(404, unknown));
            exchange.getResponseHeaders().add("Content-Type", "application/problem+json");
            exchange.sendResponseHeaders(404, problem.length);
            exchange.getResponseBody().write(problem);
        } else if (answer == null) {
            exchange.sendResponseHeaders(404, -1);
        } else {
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, answer.length == 0 ? -1 : answer.length);
            exchange.getResponseBody().write(answer);
        }
        exchange.close();
    }

    private byte @Nullable [] link(String path) {
        String[] parts = path.split("/");
        Signed signed = chain.get(ReleaseId.parse(parts[5] + "/" + parts[6] + "#" + parts[7]));
        return signed == null ? null : bundle(signed);
    }

    private boolean refuses(byte[] reports) {
        return Json.read(reports, ReportRequest.class).statements().stream().anyMatch(b -> deaf.contains(slot(b)));
    }

    private byte[] hear(Heartbeat heartbeat) {
        alive.add(slot(heartbeat.observation()));
        everySeconds.set(Objects.requireNonNullElse(heartbeat.everySeconds(), 0L));
        heartbeats.incrementAndGet();
        return new byte[0];
    }

    private static Slot slot(SignedBody body) {
        Statement statement = Statement.parse(Base64.getDecoder().decode(body.payload()));
        return Slot.parse(String.valueOf(statement.subject().getFirst().name()));
    }

    private Enrolled enrol(EnrolRequest request) {
        return new Enrolled(
                request.agent(),
                "wbt_agent",
                ORIGIN,
                Json.parse(trust().write()),
                List.copyOf(request.targets().keySet()));
    }

    private synchronized DesiredState desired() {
        List<Slot> observe = curious.isEmpty() ? null : List.copyOf(curious);
        return new DesiredState(sequence, Json.parse(trust().write()), List.copyOf(desired.values()), observe);
    }

    /** A statement that is there already keeps its place: an agent that ended before it heard the answer sends it again. */
    private synchronized ReportAnswer take(ReportRequest request) {
        List<Long> indexes = new ArrayList<>();
        for (SignedBody body : request.statements()) {
            Statement statement = Statement.parse(Base64.getDecoder().decode(body.payload()));
            if (!reported.contains(statement)) {
                reported.add(statement);
            }
            indexes.add((long) reported.indexOf(statement));
        }
        return new ReportAnswer(indexes);
    }

    private static SigningKey key() {
        KeyPair pair = SigningKey.generate();
        return new SigningKey(pair.getPrivate(), pair.getPublic().getEncoded());
    }

    private static LogKey logKey() {
        KeyPair pair = LogKey.generate();
        return new LogKey(ORIGIN, pair.getPrivate(), pair.getPublic().getEncoded());
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
