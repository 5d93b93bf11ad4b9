package dev.waybill.server.deploy;

import dev.waybill.api.deploy.Heartbeat;
import dev.waybill.api.deploy.SignedBody;
import dev.waybill.core.name.AgentName;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.Slot;
import dev.waybill.core.policy.History;
import dev.waybill.core.predicate.Deployment;
import dev.waybill.core.predicate.Observation;
import dev.waybill.core.problem.Problem;
import dev.waybill.core.problem.ProblemException;
import dev.waybill.core.statement.PredicateTypes;
import dev.waybill.core.statement.Signed;
import dev.waybill.core.statement.Statement;
import dev.waybill.core.verify.Authentic;
import dev.waybill.core.verify.Question;
import dev.waybill.core.verify.TrustRoot;
import dev.waybill.core.verify.Verifier;
import dev.waybill.server.agent.AgentRow;
import dev.waybill.server.agent.Agents;
import dev.waybill.server.agent.Silence;
import dev.waybill.server.agent.SqlTargetStore;
import dev.waybill.server.agent.TargetRow;
import dev.waybill.server.agent.TargetStore;
import dev.waybill.server.db.Database;
import dev.waybill.server.db.Tx;
import dev.waybill.server.identity.Actor;
import dev.waybill.server.ledger.Entry;
import dev.waybill.server.ledger.Ledger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes in what agents say: verified, in the order of their chains, logged with its row in one transaction. */
public final class Reports {
    private final Database database;
    private final Ledger ledger;
    private final Agents agents;
    private final ReportStore store = new SqlReportStore();
    private final TargetStore targets = new SqlTargetStore();
    private final dev.waybill.server.history.Targets gated = new dev.waybill.server.history.Targets();
    private final Clock clock;

    public Reports(Database database, Ledger ledger, Agents agents, Clock clock) {
        this.database = database;
        this.ledger = ledger;
        this.agents = agents;
        this.clock = clock;
    }

    /** What the statement says about its place in a chain. */
    private record Line(
            ReportStore.Kind kind,
            AgentName agent,
            String target,
            long number,
            @Nullable Digest previous,
            Slot slot) {}

    /** Logs each in turn and returns their indexes; one that is logged already keeps its index, so sending again is safe. */
    public List<Long> take(Actor actor, List<SignedBody> bodies) {
        List<Long> indexes = new ArrayList<>();
        for (SignedBody body : bodies) {
            Signed signed = signed(body);
            Statement statement = authentic(actor, signed);
            Line line = line(statement);
            indexes.add(database.write(tx -> append(tx, line, signed)));
        }
        return indexes;
    }

    /**
     * Keeps the latest sign of life of a target; not logged. One that says something else than the last logged observation,
     * and is newer, is shown instead of it, as not logged yet.
     */
    public void heartbeat(Actor actor, Heartbeat heartbeat) {
        Signed signed = signed(heartbeat.observation());
        Statement statement = authentic(actor, signed);
        Observation seen = statement.predicate(Observation.class, PredicateTypes.OBSERVATION);
        Instant now = clock.instant();
        Duration every = Silence.believed(Duration.ofSeconds(Objects.requireNonNullElse(heartbeat.everySeconds(), 0L)));
        database.change(tx -> {
            long since = inService(tx, seen.agent(), signed).since();
            TargetRow target = target(tx, seen.agent(), seen.target(), seen.slot());
            Optional<Entry> logged = lastSeen(tx, new ReportStore.Chain(seen.agent(), seen.target(), since));
            boolean repeats =
                    logged.filter(e -> Signs.same(Signs.observation(e), seen)).isPresent();
            boolean contradicts = logged.isPresent() && !repeats && Signs.isAfter(seen, logged.get());
            targets.heard(tx, target.heard(heartbeat.observation(), now, every, contradicts));
            if (repeats) {
                gated.heard(tx, soaked(seen, logged.get().id(), now));
            }
        });
    }

    private Optional<Entry> lastSeen(Tx tx, ReportStore.Chain chain) {
        return store.last(tx, ReportStore.Kind.OBSERVATION, chain).flatMap(said -> ledger.find(tx, said.statement()));
    }

    private static History.Target soaked(Observation seen, Digest logged, Instant now) {
        Instant until = seen.at().isBefore(now) ? seen.at() : now;
        return new History.Target(seen.slot(), seen.agent(), seen.target(), new History.Heard(logged, until), 0);
    }

    private long append(Tx tx, Line line, Signed signed) {
        AgentRow agent = inService(tx, line.agent(), signed);
        TargetRow target = target(tx, line.agent(), line.target(), line.slot());
        Optional<Entry> known = ledger.find(tx, signed.id());
        if (known.isPresent()) {
            return known.get().index();
        }
        Optional<Said> last =
                store.last(tx, line.kind(), new ReportStore.Chain(line.agent(), line.target(), agent.since()));
        long expected = last.map(Said::number).orElse(0L) + 1;
        boolean follows =
                line.number() == expected && last.map(Said::statement).equals(Optional.ofNullable(line.previous()));
        if (!follows) {
            throw new Problem.Conflict(
                            "CHAIN_BROKEN",
                            "Logging number " + line.number() + " of the target " + line.target(),
                            "the chain goes on with number " + expected + " and the hash of the one before.",
                            "An agent whose state was lost or restored is retired (`waybill agent retire "
                                    + line.agent() + " --why TEXT`) and enrols again with a new `directory`.")
                    .exception();
        }
        long index = ledger.append(tx, signed);
        store.insert(
                tx, line.kind(), new Said(line.agent(), line.target(), line.number(), line.slot(), signed.id(), index));
        if (line.kind() == ReportStore.Kind.OBSERVATION) {
            targets.want(tx, line.slot(), line.target(), null);
            targets.heard(tx, target.saidInLedger(Signs.isContradictedBy(target, signed)));
        }
        return index;
    }

    /** An agent that was retired since its report was looked at, or whose name is another key's by now, adds nothing. */
    private AgentRow inService(Tx tx, AgentName name, Signed signed) {
        String key = Base64.getEncoder().encodeToString(signed.publicKey());
        return agents.find(tx, name)
                .filter(a -> a.publicKey().equals(key))
                .orElseThrow(() -> Agents.unknown(name.value()));
    }

    private TargetRow target(Tx tx, AgentName agent, String target, Slot slot) {
        return targets.targets(tx, slot).stream()
                .filter(t -> t.agent().equals(agent) && t.target().equals(target))
                .findFirst()
                .orElseThrow(() -> new Problem.Forbidden(
                                "SCOPE_MISMATCH",
                                "Reporting on the target " + target + " of " + slot,
                                "the agent " + agent + " did not enrol for it.",
                                "Enrol again with this target in agent.yaml.")
                        .exception());
    }

    /** By a key in service, about one of its own slots, in its own name, and sent by the agent itself. */
    private Statement authentic(Actor actor, Signed signed) {
        record Moment(AgentRow agent, TrustRoot trust, long position) {}
        Moment now = database.read(
                tx -> new Moment(agents.require(tx, actor), ledger.register().trustRoot(tx), ledger.size(tx)));
        Authentic said = new Verifier(now.trust()).authenticate(signed, now.position(), Question.ANY);
        if (!said.key().holder().equals("agent/" + now.agent().name())) {
            throw new Problem.Forbidden(
                            "KEY_ROLE_FORBIDDEN",
                            "Taking a report of " + said.key().holder(),
                            "it was sent by " + now.agent().name() + ".",
                            "Each agent sends its own reports.")
                    .exception();
        }
        return said.statement();
    }

    private static Line line(Statement statement) {
        if (statement.predicateType().equals(PredicateTypes.DEPLOYMENT)) {
            Deployment d = statement.predicate(Deployment.class, PredicateTypes.DEPLOYMENT);
            return new Line(
                    ReportStore.Kind.DEPLOYMENT,
                    d.agent(),
                    d.target(),
                    d.number(),
                    d.previous(),
                    d.release().slot());
        }
        Observation o = statement.predicate(Observation.class, PredicateTypes.OBSERVATION);
        return new Line(ReportStore.Kind.OBSERVATION, o.agent(), o.target(), o.number(), o.previous(), o.slot());
    }

    static Signed signed(SignedBody body) {
        Base64.Decoder base64 = Base64.getDecoder();
        try {
            return new Signed(
                    base64.decode(body.payload()), base64.decode(body.signature()), base64.decode(body.publicKey()));
        } catch (IllegalArgumentException e) {
            throw malformed();
        }
    }

    private static ProblemException malformed() {
        return new Problem.Malformed(
                        "MALFORMED",
                        "Reading a signed statement",
                        "payload, signature and key are base64.",
                        "Send it as the agent does.")
                .exception();
    }
}
