package dev.waybill.server.promotion;

import dev.waybill.core.name.ActorName;
import dev.waybill.core.name.ReleaseId;
import dev.waybill.core.policy.Evaluation;
import dev.waybill.core.policy.Fact;
import dev.waybill.core.predicate.Deployment;
import dev.waybill.core.predicate.ReleaseMade;
import dev.waybill.core.problem.ProblemException;
import dev.waybill.core.promotion.Decision.ToLog;
import dev.waybill.core.statement.Signed;
import dev.waybill.server.db.Tx;
import dev.waybill.server.ledger.Ledger;
import dev.waybill.server.release.Release;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What an agent brought back alone. That it runs is a fact and stays in the ledger; that the whole slot follows is a
 * decision, and it asks what every rollback asks: no veto, healthy before, a reason. It also asks that the agent had the
 * slot's newest release when it went back, so that nobody who was away commands the others past it.
 */
final class WentBack {
    private static final ActorName SERVER = new ActorName("waybill");

    private final Ledger ledger;
    private final Judging judging;
    private final Brought brought;

    WentBack(Ledger ledger, Judging judging, Brought brought) {
        this.ledger = ledger;
        this.judging = judging;
        this.brought = brought;
    }

    /** True when the newest release already is what was brought back; a second target that did the same changes nothing. */
    static boolean isThere(Release head, Release again) {
        return head.id().equals(again.id())
                || Long.valueOf(again.says().number()).equals(head.says().rollbackTo());
    }

    /** Why the slot must not follow, in one sentence; empty when it may. */
    Optional<String> against(Tx tx, Fact<Deployment> report, Release head, Release again) {
        String target = Brought.target(report.says());
        if (!brought.before(tx, report, head)) {
            return Optional.of("Release " + head.id() + " came meanwhile, and " + target + " never had it.");
        }
        try {
            Evaluation evaluation = judging.judge(tx, report, again);
            return evaluation.passed()
                    ? Optional.empty()
                    : Optional.of(evaluation.gateLines().stream()
                            .filter(l -> !l.outcome().equals("passed"))
                            .map(l -> "Gate " + l.gate() + ": " + l.sentence())
                            .collect(Collectors.joining(" ")));
        } catch (ProblemException e) {
            return Optional.of("Its gates cannot be judged: " + e.getMessage());
        }
    }

    /** The server's hold of a slot where something runs that may not become its release. */
    Signed hold(Fact<Deployment> report, String against, Instant now) {
        return hold(report, now, "brought", "on the host itself, and the slot does not follow. " + against);
    }

    /** The server's hold of a slot where going back did not help: somebody has to look. */
    Signed failed(Fact<Deployment> report, Instant now) {
        String end = report.says().outcome().name().toLowerCase(Locale.ROOT);
        return hold(
                report,
                now,
                "tried to bring",
                "on the host itself. It ended " + end + ": " + report.says().detail());
    }

    private Signed hold(Fact<Deployment> report, Instant now, String did, String ending) {
        ReleaseId release = report.says().release();
        String reason = by(report.says()) + " " + did + " " + release + " back on " + Brought.target(report.says())
                + " " + ending;
        return new Signing(ledger.keys())
                .hold(new ToLog.Hold(release.slot(), release, reason, now), report.id(), SERVER);
    }

    /** Release n+1 that refers to the agent's own statement. */
    Signed release(Fact<Deployment> report, ReleaseMade made) {
        return new Signing(ledger.keys()).release(made, report.id());
    }

    static ReleaseMade following(Deployment says, Release head, Release again) {
        return new ReleaseMade(
                head.says().slot(),
                head.says().number() + 1,
                head.statement(),
                again.says().artifact(),
                again.says().commit(),
                again.says().configurationVersion(),
                again.says().configuration(),
                ReleaseMade.Cause.OFFLINE_ROLLBACK,
                again.says().summary(),
                again.says().number(),
                says.why(),
                by(says),
                says.finishedAt());
    }

    static ActorName by(Deployment says) {
        ActorName by = says.by();
        return by == null ? new ActorName(says.agent().value()) : by;
    }
}
