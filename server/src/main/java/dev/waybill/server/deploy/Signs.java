package dev.waybill.server.deploy;

import dev.waybill.core.predicate.Observation;
import dev.waybill.core.statement.PredicateTypes;
import dev.waybill.core.statement.Signed;
import dev.waybill.core.statement.Statement;
import dev.waybill.server.agent.TargetRow;
import dev.waybill.server.ledger.Entry;
import java.util.Objects;
import java.util.Optional;

/** Signs of life beside logged observations: whether both say the same, and which is the newer. */
final class Signs {
    private Signs() {}

    /** What the target's latest sign of life says, logged or not. */
    static Optional<Observation> said(TargetRow target) {
        return Optional.ofNullable(target.heartbeat()).map(body -> observation(Reports.signed(body)));
    }

    /** The same bytes in the same process and state. */
    static boolean same(Observation a, Observation b) {
        return a.state() == b.state()
                && Objects.equals(a.artifact(), b.artifact())
                && Objects.equals(a.process(), b.process());
    }

    /** By the host's own clock, or because it follows an observation that the server does not have yet. */
    static boolean isAfter(Observation seen, Entry entry) {
        Observation logged = observation(entry);
        return seen.at().isAfter(logged.at()) || seen.number() > logged.number();
    }

    /** True if the target's sign of life is newer than this observation and says something else. */
    static boolean isContradictedBy(TargetRow target, Signed observed) {
        Observation logged = observation(observed);
        return said(target)
                .filter(s -> s.at().isAfter(logged.at()) && !same(s, logged))
                .isPresent();
    }

    static Observation observation(Entry entry) {
        return observation(entry.signed());
    }

    private static Observation observation(Signed signed) {
        return Statement.parse(signed.payload()).predicate(Observation.class, PredicateTypes.OBSERVATION);
    }
}
