package dev.waybill.e2e.bench;

import dev.waybill.api.client.WaybillClient;
import dev.waybill.api.deploy.EnrolRequest;
import dev.waybill.api.deploy.InvitationRequest;
import dev.waybill.core.json.Json;
import dev.waybill.core.name.ActorName;
import dev.waybill.core.name.AgentName;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.ReleaseId;
import dev.waybill.core.name.Slot;
import dev.waybill.core.predicate.Deployment;
import dev.waybill.core.predicate.Observation;
import dev.waybill.core.statement.SigningKey;
import dev.waybill.server.WaybillServer;
import dev.waybill.server.identity.Actor;
import dev.waybill.server.identity.Grant;
import dev.waybill.server.identity.Role;
import dev.waybill.server.identity.Tokens;
import java.net.URI;
import java.security.KeyPair;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** One agent on one host that serves every slot, and what it says. */
final class Fleet {
    static final AgentName HOST = new AgentName("host");

    final SigningKey key;

    Fleet() {
        KeyPair pair = SigningKey.generate();
        this.key = new SigningKey(pair.getPrivate(), pair.getPublic().getEncoded());
    }

    static String token(WaybillServer server, Role role) {
        Actor actor = new Actor(new ActorName(role.label()), Set.of(), List.of(Grant.everywhere(role)));
        return server.tokens().make(new Tokens.Wish(actor, false, null)).text();
    }

    private static WaybillClient admin(WaybillServer server) {
        return WaybillClient.to(URI.create(server.url()), token(server, Role.ADMIN));
    }

    void enrol(WaybillServer server, List<Slot> slots) {
        WaybillClient admin = admin(server);
        String invitation =
                admin.deploy().invite(new InvitationRequest(HOST, slots)).token();
        Map<Slot, String> targets = slots.stream().collect(Collectors.toMap(Function.identity(), Slot::toString));
        String publicKey = Base64.getEncoder().encodeToString(key.publicKey());
        admin.deploy().enrol(invitation, new EnrolRequest(HOST, publicKey, targets));
    }

    /** The full form of a pipeline of these environments, as the server writes it. */
    static JsonNode pipeline(WaybillServer server, ApplicationName application, List<String> environments) {
        return admin(server)
                .promotions()
                .apply(application, Json.tree(environments), true)
                .pipeline();
    }

    static Deployment deployed(ReleaseId release) {
        Instant now = Instant.now();
        return new Deployment(
                HOST,
                release.slot().toString(),
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
    }

    static Observation seen(ReleaseId release, Digest artifact) {
        Instant now = Instant.now();
        return new Observation(
                HOST,
                release.slot().toString(),
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
    }
}
