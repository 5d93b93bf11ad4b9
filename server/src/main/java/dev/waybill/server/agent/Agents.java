package dev.waybill.server.agent;

import dev.waybill.api.deploy.EnrolRequest;
import dev.waybill.api.deploy.InvitationRequest;
import dev.waybill.core.name.ActorName;
import dev.waybill.core.name.AgentName;
import dev.waybill.core.name.Slot;
import dev.waybill.core.predicate.KeyChange;
import dev.waybill.core.problem.Problem;
import dev.waybill.core.problem.ProblemException;
import dev.waybill.core.statement.KeyRole;
import dev.waybill.core.statement.PublicKeys;
import dev.waybill.core.statement.Signed;
import dev.waybill.core.statement.Statement;
import dev.waybill.core.statement.Subject;
import dev.waybill.server.db.Database;
import dev.waybill.server.db.Tx;
import dev.waybill.server.identity.Actor;
import dev.waybill.server.identity.Grant;
import dev.waybill.server.identity.Role;
import dev.waybill.server.identity.Tokens;
import dev.waybill.server.ledger.KeyRegister;
import dev.waybill.server.ledger.KnownKey;
import dev.waybill.server.ledger.Ledger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Who may be an agent where: invitation by an admin, enrolment by the host itself with its own key. */
public final class Agents {
    private static final Duration INVITATION = Duration.ofDays(1);

    private final Database database;
    private final Ledger ledger;
    private final Tokens tokens;
    private final AgentStore store = new SqlAgentStore();
    private final OwnTargets targets = new OwnTargets();

    private final Clock clock;

    public Agents(Database database, Ledger ledger, Tokens tokens, Clock clock) {
        this.database = database;
        this.ledger = ledger;
        this.tokens = tokens;
        this.clock = clock;
    }

    /** What an agent gets for its invitation. */
    public record Made(AgentRow agent, String token) {}

    /** A one-time token with which this agent enrols for these slots, within a day. */
    public String invite(InvitationRequest request) {
        if (request.slots().isEmpty()) {
            throw new Problem.Malformed(
                            "INVITATION_EMPTY",
                            "Inviting the agent " + request.agent(),
                            "no slot is named.",
                            "Name at least one ENV/APP.")
                    .exception();
        }
        List<Slot> slots = request.slots().stream().distinct().sorted().toList();
        Tokens.Made made = tokens.prepare(new Tokens.Wish(actor(request.agent(), slots), true, INVITATION));
        database.change(tx -> {
            tokens.keep(tx, made);
            store.invite(tx, request.agent(), slots);
        });
        return made.text();
    }

    /**
     * Spends the one-time token and takes the agent's key into service, in one transaction. An agent may enrol again with
     * the key it has, for other slots and targets: the last enrolment says all of them. A name whose agent was retired is
     * free for another key, whose chains begin anew; a retired key never comes back.
     */
    public Made enrol(String invitation, EnrolRequest request) {
        List<Slot> slots = database.read(tx -> store.invited(tx, request.agent()))
                .orElseThrow(() -> notInvited(request.agent(), invitation));
        request.targets().keySet().stream()
                .filter(slot -> !slots.contains(slot))
                .findFirst()
                .ifPresent(slot -> {
                    throw outside(request.agent(), slot);
                });
        byte[] key = key(request.publicKey());
        Instant now = clock.instant();
        String holder = holder(request.agent());
        KeyChange change = new KeyChange("added", KeyRole.AGENT, holder, request.publicKey(), slots, now);
        Signed signed = ledger.keys().record().sign(Statement.of(change, Subject.of(holder, KeyRegister.subject(key))));
        Tokens.Made token = tokens.prepare(new Tokens.Wish(actor(request.agent(), slots), false, null));
        return database.write(tx -> {
            Actor invited = tokens.spend(tx, invitation);
            if (!invited.equals(actor(request.agent(), slots))) {
                throw notInvited(request.agent(), invited);
            }
            Optional<AgentRow> known = store.agent(tx, request.agent());
            requireFree(tx, request, known);
            long index = ledger.append(tx, signed);
            long since = known.map(AgentRow::since).orElse(index);
            AgentRow row = new AgentRow(request.agent(), request.publicKey(), slots, signed.id(), now, since);
            tokens.keep(tx, token);
            store.enrol(tx, row);
            targets.replace(tx, request.agent(), request.targets());
            return new Made(row, token.text());
        });
    }

    public List<AgentRow> all() {
        return database.read(store::agents);
    }

    /** When each was last heard of, for the first so many by name; an agent of which nothing was heard is left out. */
    public Map<AgentName, Instant> heard(int limit) {
        Map<AgentName, Instant> heard = new TreeMap<>(Comparator.comparing(AgentName::value));
        for (TargetRow row : database.read(tx -> new SqlTargetStore().targets(tx, null))) {
            Instant at = row.heardAt();
            if (at != null && (heard.size() < limit || heard.containsKey(row.agent()))) {
                heard.merge(row.agent(), at, (a, b) -> a.isAfter(b) ? a : b);
            }
        }
        return heard;
    }

    /** The agent whose token this is; {@code AGENT_UNKNOWN} for anybody else with the role. */
    public AgentRow require(Tx tx, Actor actor) {
        String name = actor.name().value();
        Optional<AgentRow> agent = name.startsWith(PREFIX)
                ? store.agent(tx, new AgentName(name.substring(PREFIX.length())))
                : Optional.empty();
        return agent.orElseThrow(() -> unknown(name));
    }

    /** For who never enrolled and for who was retired meanwhile. */
    public static ProblemException unknown(String name) {
        return new Problem.Forbidden(
                        "AGENT_UNKNOWN",
                        "Speaking as an agent",
                        name + " is no enrolled agent, or was retired.",
                        "Ask an admin for an invitation, then `waybill agent enrol`.")
                .exception();
    }

    /** The agent of this name, while it is in service. */
    public Optional<AgentRow> find(Tx tx, AgentName name) {
        return store.agent(tx, name);
    }

    /** As statements about keys and the ledger's register name it. */
    static String holder(AgentName agent) {
        return "agent/" + agent;
    }

    /** Whose tokens are the agent's. */
    static ActorName actorName(AgentName agent) {
        return new ActorName(PREFIX + agent);
    }

    /** Whatever another actor is called, it is no agent: only enrolment gives the role. */
    private static final String PREFIX = "agent.";

    private static Actor actor(AgentName agent, List<Slot> slots) {
        return new Actor(
                actorName(agent),
                Set.of(),
                slots.stream()
                        .map(slot -> new Grant(Role.AGENT, slot.application(), slot.environment()))
                        .toList());
    }

    /**
     * A name belongs to one key until its agent is retired. A key belongs to one name, and to nobody once it was retired:
     * what it signs could be of its former time, and its chains are closed.
     */
    private void requireFree(Tx tx, EnrolRequest request, Optional<AgentRow> known) {
        if (known.isPresent() && !known.get().publicKey().equals(request.publicKey())) {
            throw refused(
                    "AGENT_KNOWN",
                    request,
                    "an agent of that name has another key.",
                    "Retire it first if it is gone (`waybill agent retire " + request.agent()
                            + " --why TEXT`), or invite under a new name.");
        }
        List<KnownKey> same = ledger.register().all(tx).stream()
                .filter(k -> k.publicKey().equals(request.publicKey()))
                .toList();
        if (same.stream().anyMatch(k -> !k.holder().equals(holder(request.agent())))) {
            throw refused(
                    "KEY_TAKEN",
                    request,
                    "its key is that of " + same.getFirst().holder() + ".",
                    "Give each agent a `directory` of its own; its key is made there.");
        }
        if (known.isEmpty() && !same.isEmpty()) {
            throw refused(
                    "KEY_RETIRED",
                    request,
                    "its key was retired and does not come back.",
                    "Move the agent's `directory` away, then enrol again: that makes a new key and begins new chains.");
        }
    }

    private static ProblemException refused(String code, EnrolRequest request, String missing, String next) {
        return new Problem.Refused(code, "Enrolling the agent " + request.agent(), missing, next).exception();
    }

    private static byte[] key(String base64) {
        try {
            byte[] key = Base64.getDecoder().decode(base64);
            PublicKeys.require(key);
            return key;
        } catch (IllegalArgumentException e) {
            throw new Problem.Malformed(
                            "KEY_INVALID",
                            "Reading an agent's key",
                            "it is not base64 of a SubjectPublicKeyInfo.",
                            "Enrol with `waybill agent enrol`.")
                    .exception();
        }
    }

    private ProblemException notInvited(AgentName agent, String invitation) {
        return database.read(tx -> tokens.unspent(tx, invitation))
                .map(invited -> notInvited(agent, invited))
                .orElseGet(() -> spent(agent));
    }

    /** Whoever holds the token may know whom it invites; mostly the name in agent.yaml is a slip. */
    private static ProblemException notInvited(AgentName agent, Actor invited) {
        String name = invited.name().value();
        if (!name.startsWith(PREFIX) || name.equals(PREFIX + agent)) {
            return spent(agent);
        }
        return new Problem.Forbidden(
                        "AGENT_NAME_DIFFERS",
                        "Enrolling the agent " + agent,
                        "this invitation is for the agent " + name.substring(PREFIX.length())
                                + "; agent.yaml says `name: " + agent + "`.",
                        "Write `name: " + name.substring(PREFIX.length())
                                + "` into agent.yaml, or ask an admin for an invitation of " + agent
                                + ". The token is not used up.")
                .exception();
    }

    private static ProblemException spent(AgentName agent) {
        return new Problem.Unauthenticated(
                        "TOKEN_SPENT",
                        "Enrolling the agent " + agent,
                        "there is no open invitation for it with this token.",
                        "Ask an admin for a new one.")
                .exception();
    }

    private static ProblemException outside(AgentName agent, Slot slot) {
        return new Problem.Forbidden(
                        "SCOPE_MISMATCH",
                        "Enrolling the agent " + agent,
                        "its invitation does not name " + slot + ".",
                        "Ask an admin for an invitation that does, or take the target out of agent.yaml.")
                .exception();
    }
}
