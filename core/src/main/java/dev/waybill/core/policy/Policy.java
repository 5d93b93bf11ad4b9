package dev.waybill.core.policy;

import dev.waybill.core.name.Digest;
import dev.waybill.core.name.ReleaseId;
import dev.waybill.core.name.Slot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The gates before one slot. {@link Gate.Registered}, {@link Gate.NoVeto}, {@link Gate.NoHold} and
 * {@link Gate.ConfigurationContract} are always among them, so that no pipeline can leave them out.
 */
public record Policy(Slot slot, List<Gate> gates) {
    private static final List<Gate> ALWAYS =
            List.of(new Gate.Registered(), new Gate.NoVeto(), new Gate.NoHold(), new Gate.ConfigurationContract());

    public Policy {
        List<Gate> all = gates;
        gates = Stream.concat(ALWAYS.stream(), all.stream()).distinct().toList();
    }

    /** Judges every gate; approvals last, because they cover the statements that the other gates used. */
    public Evaluation evaluate(History history, Instant now) {
        if (!slot.equals(history.slot())) {
            throw new IllegalArgumentException("A history of " + history.slot() + " cannot be judged for " + slot);
        }
        return judge(history, gates, now);
    }

    /**
     * Whether a kept release may come back: it was let through and healthy in this slot before, somebody says why, nobody
     * vetoes it. No new approval, and a hold does not stop it: going back is what a hold waits for.
     *
     * @param history of the release's digest, with the configuration that the release had as its current one
     */
    public static Evaluation rollback(History history, ReleaseId to, String why, Instant now) {
        return judge(history, List.of(new Gate.NoVeto(), new Gate.WasHealthy(to), new Gate.Reason(why)), now);
    }

    private static Evaluation judge(History history, List<Gate> gates, Instant now) {
        List<Evaluation.Line> lines = new ArrayList<>();
        for (Gate gate : gates) {
            if (!(gate instanceof Gate.Approvals)) {
                lines.add(line(gate, history, now));
            }
        }
        List<Digest> used = lines.stream()
                .filter(l -> Covers.rests(l.gate()))
                .flatMap(l -> l.used().stream())
                .toList();
        long version = history.configuration().version();
        Digest covers = Covers.of(history.artifact(), history.slot(), version, used);
        for (Gate gate : gates) {
            if (gate instanceof Gate.Approvals approvals) {
                lines.add(new ApprovalRule(approvals, history, covers).line());
            }
        }
        return new Evaluation(history.slot(), history.artifact(), version, history.completeTo(), covers, lines, now);
    }

    private static Evaluation.Line line(Gate gate, History history, Instant now) {
        return switch (gate) {
            case Gate.Registered g -> IdentityRules.registered(g, history);
            case Gate.KnownAuthor g -> IdentityRules.knownAuthor(g, history);
            case Gate.NoVeto g -> MarkRules.noVeto(g, history);
            case Gate.NoHold g -> MarkRules.noHold(g, history);
            case Gate.ConfigurationContract g -> EvidenceRules.configuration(g, history);
            case Gate.Evidence g -> EvidenceRules.evidence(g, history);
            case Gate.Tests g -> new TestsRule(g, history).line();
            case Gate.Order g -> PlaceRules.order(g, history);
            case Gate.WasHealthy g -> PlaceRules.wasHealthy(g, history);
            case Gate.Soak g -> SoakRule.line(g, history, now);
            case Gate.Reason g -> IdentityRules.reason(g, history);
            case Gate.Approvals g -> throw new IllegalStateException("Approvals are judged after all others");
        };
    }

    static Evaluation.Line passed(Gate gate, String because, List<Digest> used) {
        return new Evaluation.Line(gate, new Verdict.Passed(because), used, List.of());
    }

    static Evaluation.Line refused(Gate gate, String why, List<Digest> used) {
        return new Evaluation.Line(gate, new Verdict.Refused(why), used, List.of());
    }
}
