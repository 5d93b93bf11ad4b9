package dev.waybill.server.promotion;

import dev.waybill.api.promotion.ApprovalView;
import dev.waybill.api.promotion.GateView;
import dev.waybill.api.promotion.PromotionView;
import dev.waybill.api.promotion.ReleaseView;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.ReleaseId;
import dev.waybill.core.policy.Evaluation;
import dev.waybill.core.policy.Fact;
import dev.waybill.core.policy.Gate;
import dev.waybill.core.policy.Request;
import dev.waybill.core.predicate.Approval;
import dev.waybill.core.promotion.Promotion;
import dev.waybill.server.db.Tx;
import dev.waybill.server.promotion.PromotionStore.Row;
import dev.waybill.server.release.Release;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Promotions and releases as they go over the wire. */
final class Views {
    private final Cargo cargo;
    private final Approvals approvals;

    Views(Cargo cargo, Approvals approvals) {
        this.cargo = cargo;
        this.approvals = approvals;
    }

    PromotionView promotion(Tx tx, Row row) {
        Request request = row.promotion().request();
        Optional<Evaluation> evaluation = evaluation(row.promotion());
        Cargo.Item item = cargo.require(tx, request.slot().application(), request.artifact());
        return new PromotionView(
                row.id(),
                request.slot(),
                request.artifact(),
                item.commit(),
                cargo.versions(tx, item),
                state(row.promotion()),
                next(row.promotion()),
                evaluation.map(Views::gates).orElse(List.of()),
                approvals(tx, row, evaluation),
                evaluation.map(Evaluation::covers).orElse(null),
                evaluation.map(Evaluation::configurationVersion).orElse(0L),
                released(row.promotion()).map(Promotion.Released::release).orElse(null),
                row.summary(),
                request.by(),
                request.at(),
                row.decidedAt(),
                row.sequence());
    }

    ReleaseView release(Tx tx, Release release) {
        Cargo.Item item = cargo.require(
                tx, release.says().slot().application(), release.says().artifact());
        return release.view(cargo.versions(tx, item));
    }

    private static List<GateView> gates(Evaluation evaluation) {
        var said = evaluation.gateLines();
        return java.util.stream.IntStream.range(0, said.size())
                .mapToObj(i -> {
                    Evaluation.Line line = evaluation.lines().get(i);
                    String notes = line.notes().isEmpty() ? "" : " " + String.join(" ", line.notes());
                    return new GateView(
                            said.get(i).gate(),
                            said.get(i).outcome(),
                            said.get(i).sentence() + notes,
                            line.used());
                })
                .toList();
    }

    private List<ApprovalView> approvals(Tx tx, Row row, Optional<Evaluation> evaluation) {
        List<Evaluation.Line> lines = evaluation.map(Evaluation::lines).orElse(List.of()).stream()
                .filter(l -> l.gate() instanceof Gate.Approvals)
                .toList();
        Set<Digest> counted = lines.stream().flatMap(l -> l.used().stream()).collect(Collectors.toSet());
        return approvals.on(tx, row).stream()
                .map(a -> view(a, counted.contains(a.id()), lines))
                .toList();
    }

    private static ApprovalView view(Fact<Approval> approval, boolean counts, List<Evaluation.Line> lines) {
        Approval says = approval.says();
        String start = "The approval by " + says.by() + " on " + says.at();
        String note = lines.stream()
                .flatMap(l -> l.notes().stream())
                .filter(n -> n.startsWith(start))
                .findFirst()
                .orElse(null);
        return new ApprovalView(
                says.by(), says.decision(), says.reason(), says.at(), counts, counts ? null : note, approval.id());
    }

    static Optional<Promotion.Released> released(Promotion promotion) {
        return switch (promotion) {
            case Promotion.Released p -> Optional.of(p);
            case Promotion.Deploying p -> Optional.of(p.released());
            case Promotion.Succeeded p -> Optional.of(p.released());
            case Promotion.Failed p -> Optional.of(p.released());
            case Promotion.Returned p -> Optional.of(p.released());
            default -> Optional.empty();
        };
    }

    private static Optional<Evaluation> evaluation(Promotion promotion) {
        return switch (promotion) {
            case Promotion.AwaitingDecision p -> Optional.of(p.evaluation());
            case Promotion.Decided p -> Optional.of(p.evaluation());
            case Promotion.Refused p -> Optional.of(p.evaluation());
            default -> released(promotion).map(r -> r.decided().evaluation());
        };
    }

    static String state(Promotion promotion) {
        return switch (promotion) {
            case Promotion.Requested p -> "waiting";
            case Promotion.AwaitingDecision p -> "waiting";
            case Promotion.Decided p -> "passed";
            case Promotion.Released p -> "passed";
            case Promotion.Superseded p -> "withdrawn";
            default -> promotion.state();
        };
    }

    private static String next(Promotion promotion) {
        return switch (promotion) {
            case Promotion.Requested p -> "It is judged in a moment.";
            case Promotion.AwaitingDecision p -> p.evaluation().verdict().sentence();
            case Promotion.Decided p -> "It gets its release in a moment.";
            case Promotion.Released p ->
                p.release() + " may be deployed: exactly " + p.request().artifact() + ".";
            case Promotion.Deploying p ->
                p.released().release() + " is being deployed to " + String.join(", ", p.outstanding()) + ".";
            case Promotion.Succeeded p -> running(p.released().release());
            case Promotion.Failed p -> p.released().release() + " failed on " + p.target() + ": " + p.detail();
            case Promotion.Returned p -> p.released().release() + " failed on " + p.target() + ": " + p.detail();
            case Promotion.Refused p -> p.evaluation().verdict().sentence();
            case Promotion.Withdrawn p -> "Taken back by " + p.by() + ": " + p.reason();
            case Promotion.Superseded p -> p.sentence();
        };
    }

    private static String running(ReleaseId release) {
        return release + " is deployed. Whether it runs: `waybill running " + release.slot() + "`.";
    }
}
