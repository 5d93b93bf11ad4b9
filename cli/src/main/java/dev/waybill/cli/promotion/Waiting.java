package dev.waybill.cli.promotion;

import dev.waybill.api.insight.RunningView;
import dev.waybill.api.insight.TargetView;
import dev.waybill.api.promotion.PromotionView;
import dev.waybill.cli.Session;
import dev.waybill.cli.terminal.Progress;
import dev.waybill.cli.terminal.Table;
import dev.waybill.core.problem.Problem;
import dev.waybill.core.text.Count;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/** Follows a promotion by long polls until nothing more will happen to it by itself. */
final class Waiting {
    private static final Duration POLL = Duration.ofSeconds(30);

    private final Session session;
    private final Duration patience;

    Waiting(Session session, Duration patience) {
        this.session = session;
        this.patience = patience;
    }

    /** Until it is decided. */
    PromotionView decision(PromotionView promotion) throws IOException {
        return until(promotion, true);
    }

    /** Until it is decided and, where an agent deploys, deployed. */
    PromotionView until(PromotionView promotion) throws IOException {
        return until(promotion, false);
    }

    private PromotionView until(PromotionView promotion, boolean decided) throws IOException {
        Instant end = session.terminal().clock().instant().plus(patience);
        PromotionView now = promotion;
        String said = "";
        try (Progress progress = session.progress()) {
            while (goesOn(now, decided)) {
                String next = Table.clean(next(now));
                if (!next.equals(said)) {
                    session.note("Waiting: " + next);
                    said = next;
                }
                progress.say(now.state() + ": " + next);
                if (session.terminal().clock().instant().isAfter(end)) {
                    throw over(now, next);
                }
                now = session.client().promotions().promotion(now.id(), now.sequence(), POLL);
            }
        }
        return now;
    }

    private RuntimeException over(PromotionView promotion, String next) {
        return new Problem.Refused(
                        "WAIT_OVER",
                        "Waiting for promotion " + promotion.id(),
                        "it is still " + promotion.state() + " after " + Count.of(patience.toMinutes(), "minute") + ": "
                                + next,
                        "Look with `waybill status " + promotion.id() + "`; the promotion itself goes on.")
                .exception();
    }

    /** Where no agent serves a slot, the decision is all that can be waited for: said, so that nobody takes it for more. */
    void tellIfUnserved(PromotionView promotion) throws IOException {
        if (promotion.state().equals("passed") && targets(promotion).isEmpty()) {
            session.note("Decided, not deployed: no agent serves " + promotion.slot()
                    + ", so nothing more was waited for. Deploy "
                    + promotion.artifact().shortHex() + " there with your own tool and say so with `waybill record"
                    + " deployment`, or start an agent (`waybill agent invite NAME --slot " + promotion.slot() + "`).");
        }
    }

    /** A passed promotion goes on only where an agent takes it further. */
    private boolean goesOn(PromotionView promotion, boolean decided) throws IOException {
        return switch (promotion.state()) {
            case "waiting" -> true;
            case "deploying" -> !decided;
            case "passed" -> !decided && !targets(promotion).isEmpty();
            default -> false;
        };
    }

    /** What is waited for; an agent that is silent is named, for it has to come back first. */
    private String next(PromotionView promotion) throws IOException {
        if (promotion.state().equals("waiting")) {
            return promotion.next();
        }
        List<TargetView> targets = targets(promotion);
        if (targets.isEmpty() || targets.stream().anyMatch(t -> t.unknownSince() == null && t.observedAt() != null)) {
            return promotion.next();
        }
        String agents = String.join(
                ", ", targets.stream().map(t -> t.agent().value()).distinct().toList());
        String silence = targets.stream()
                .map(TargetView::unknownSince)
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .map(at -> "has been heard since " + at)
                .orElse("was ever heard");
        return promotion.next() + " No agent of " + promotion.slot() + " " + silence + " (" + agents
                + "); it deploys when one is back.";
    }

    private List<TargetView> targets(PromotionView promotion) throws IOException {
        return session.client().insight().running(promotion.slot()).stream()
                .map(RunningView::targets)
                .flatMap(List::stream)
                .toList();
    }
}
