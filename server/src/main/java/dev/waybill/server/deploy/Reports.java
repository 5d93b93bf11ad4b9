package dev.waybill.server.deploy;

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
import dev.waybill.server.db.Database;
import dev.waybill.server.db.Tx;
import dev.waybill.server.identity.Actor;
import dev.waybill.server.ledger.Entry;
import dev.waybill.server.ledger.Ledger;
import java.time.Clock;
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

    /** Keeps the latest sign of life of a target; not logged. An older one that comes late changes nothing. */
    public void heartbeat(Actor actor, SignedBody body) {
        Statement statement = authentic(actor, signed(body));
        Observation observation = statement.predicate(Observation.class, PredicateTypes.OBSERVATION);
        Instant now = clock.instant();
        database.change(tx -> {
            TargetRow target = target(tx, observation.agent(), observation.target(), observation.slot());
            agents.store().heard(tx, target, body, now);
            stillHolds(tx, observation).ifPresent(id -> gated.heard(tx, soaked(observation, id, now)));
        });
    }

    /** The logged observation that this sign of life repeats: the same bytes in the same process. */
    private Optional<Digest> stillHolds(Tx tx, Observation seen) {
        return store.last(tx, ReportStore.Kind.OBSERVATION, seen.agent(), seen.target())
                .flatMap(said -> ledger.find(tx, said.statement()))
                .filter(e -> {
                    Observation logged = e.statement().predicate(Observation.class, PredicateTypes.OBSERVATION);
                    return logged.state() == seen.state()
                            && Objects.equals(logged.artifact(), seen.artifact())
                            && Objects.equals(logged.process(), seen.process());
                })
                .map(Entry::id);
    }

    private static History.Target soaked(Observation seen, Digest logged, Instant now) {
        Instant until = seen.at().isBefore(now) ? seen.at() : now;
        return new History.Target(seen.slot(), seen.agent(), seen.target(), new History.Heard(logged, until));
    }

    private long append(Tx tx, Line line, Signed signed) {
        target(tx, line.agent(), line.target(), line.slot());
        Optional<Entry> known = ledger.find(tx, signed.id());
        if (known.isPresent()) {
            return known.get().index();
        }
        Optional<Said> last = store.last(tx, line.kind(), line.agent(), line.target());
        long expected = last.map(Said::number).orElse(0L) + 1;
        boolean follows =
                line.number() == expected && last.map(Said::statement).equals(Optional.ofNullable(line.previous()));
        if (!follows) {
            throw new Problem.Conflict(
                            "CHAIN_BROKEN",
                            "Logging number " + line.number() + " of the target " + line.target(),
                            "the chain goes on with number " + expected + " and the hash of the one before.",
                            "An agent whose state was lost or restored enrols under a new name.")
                    .exception();
        }
        long index = ledger.append(tx, signed);
        store.insert(
                tx, line.kind(), new Said(line.agent(), line.target(), line.number(), line.slot(), signed.id(), index));
        if (line.kind() == ReportStore.Kind.OBSERVATION) {
            agents.store().want(tx, line.slot(), line.target(), null);
        }
        return index;
    }

    private TargetRow target(Tx tx, AgentName agent, String target, Slot slot) {
        return agents.store().targets(tx, slot).stream()
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
