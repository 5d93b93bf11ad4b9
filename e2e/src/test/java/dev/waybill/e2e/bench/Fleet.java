package dev.waybill.e2e.bench;

import dev.waybill.api.artifact.RegistrationRequest;
import dev.waybill.api.client.Content;
import dev.waybill.api.client.WaybillClient;
import dev.waybill.api.deploy.EnrolRequest;
import dev.waybill.api.deploy.InvitationRequest;
import dev.waybill.api.deploy.ReportRequest;
import dev.waybill.api.deploy.SignedBody;
import dev.waybill.api.promotion.PromotionRequest;
import dev.waybill.api.promotion.PromotionView;
import dev.waybill.core.json.Json;
import dev.waybill.core.name.ActorName;
import dev.waybill.core.name.AgentName;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.CommitId;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.EnvironmentName;
import dev.waybill.core.name.ReleaseId;
import dev.waybill.core.name.Slot;
import dev.waybill.core.predicate.Deployment;
import dev.waybill.core.predicate.Observation;
import dev.waybill.core.statement.Predicate;
import dev.waybill.core.statement.Signed;
import dev.waybill.core.statement.SigningKey;
import dev.waybill.core.statement.Statement;
import dev.waybill.core.statement.Subject;
import dev.waybill.server.WaybillServer;
import dev.waybill.server.identity.Actor;
import dev.waybill.server.identity.Grant;
import dev.waybill.server.identity.Role;
import dev.waybill.server.identity.Tokens;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Many small applications on one server, each promoted through every environment and reported by one agent. */
final class Fleet {
    private static final AgentName HOST = new AgentName("host");
    private static final Base64.Encoder BASE64 = Base64.getEncoder();

    private final WaybillServer server;
    private final List<String> environments;
    private final SigningKey key;
    private final WaybillClient admin;
    private @Nullable WaybillClient agent;

    Fleet(WaybillServer server, List<String> environments) {
        this.server = server;
        this.environments = environments;
        KeyPair pair = SigningKey.generate();
        this.key = new SigningKey(pair.getPrivate(), pair.getPublic().getEncoded());
        this.admin = WaybillClient.to(URI.create(server.url()), token(Role.ADMIN));
    }

    String token(Role role) {
        Actor actor = new Actor(new ActorName(role.label()), Set.of(), List.of(Grant.everywhere(role)));
        return server.tokens().make(new Tokens.Wish(actor, false, null)).text();
    }

    void enrol(List<Slot> slots) {
        String invitation =
                admin.deploy().invite(new InvitationRequest(HOST, slots)).token();
        Map<Slot, String> targets = slots.stream().collect(Collectors.toMap(Function.identity(), Slot::toString));
        EnrolRequest request = new EnrolRequest(HOST, BASE64.encodeToString(key.publicKey()), targets);
        agent = WaybillClient.to(
                URI.create(server.url()),
                admin.deploy().enrol(invitation, request).token());
    }

    void bringToTheLastEnvironment(ApplicationName application) {
        admin.promotions().apply(application, Json.tree(environments), false);
        Digest artifact = build(application);
        for (String environment : environments) {
            PromotionView promotion = admin.promotions()
                    .promote(new PromotionRequest(artifact.toString(), new EnvironmentName(environment)));
            while (promotion.release() == null) {
                promotion = admin.promotions().promotion(promotion.id(), promotion.sequence(), Duration.ofSeconds(10));
            }
            report(promotion.release(), artifact);
        }
    }

    private Digest build(ApplicationName application) {
        Content config = Content.of("{}".getBytes(StandardCharsets.UTF_8));
        Content layer = Content.of(application.value().getBytes(StandardCharsets.UTF_8));
        admin.registry().push(application, config);
        admin.registry().push(application, layer);
        String manifest = """
                {"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json",
                "artifactType":"application/vnd.oci.unknown.v1",
                "config":{"mediaType":"application/vnd.oci.empty.v1+json","digest":"%s","size":%d},
                "layers":[{"mediaType":"application/java-archive","digest":"%s","size":%d}]}
                """.formatted(config.digest(), config.size(), layer.digest(), layer.size());
        Digest digest = admin.registry()
                .pushManifest(
                        application,
                        "application/vnd.oci.image.manifest.v1+json",
                        manifest.getBytes(StandardCharsets.UTF_8));
        CommitId commit = new CommitId(layer.digest().hex().substring(0, 40));
        admin.artifacts()
                .register(new RegistrationRequest(
                        application, commit, digest, null, null, null, List.of(), "build", null));
        return digest;
    }

    private void report(ReleaseId release, Digest artifact) {
        Instant now = Instant.now();
        String target = release.slot().toString();
        Deployment deployed = new Deployment(
                HOST,
                target,
                1,
                null,
                release,
                Deployment.Outcome.SUCCEEDED,
                release,
                false,
                null,
                null,
                now,
                now,
                "Healthy.",
                null);
        Observation seen = new Observation(
                HOST,
                target,
                1,
                null,
                release.slot(),
                Observation.State.RUNNING,
                artifact,
                release,
                "hashed the files",
                new Observation.ProcessSeen(42, now),
                List.of(),
                now,
                null);
        if (agent == null) {
            throw new IllegalStateException("Enrol first");
        }
        agent.deploy().report(new ReportRequest(List.of(signed(deployed, artifact), signed(seen, artifact))));
    }

    private SignedBody signed(Predicate says, Digest artifact) {
        Signed signed = key.sign(Statement.of(says, Subject.of("artifact", artifact)));
        return new SignedBody(
                BASE64.encodeToString(signed.payload()),
                BASE64.encodeToString(signed.signature()),
                BASE64.encodeToString(signed.publicKey()));
    }
}
