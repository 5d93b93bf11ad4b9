package dev.waybill.cli.promotion;

import dev.waybill.api.promotion.PromotionView;
import dev.waybill.cli.Session;
import dev.waybill.cli.terminal.Progress;
import dev.waybill.cli.terminal.Table;
import dev.waybill.core.problem.Problem;
import dev.waybill.core.text.Count;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

/** Follows a promotion by long polls until nothing more will happen to it by itself. */
final class Waiting {
    private static final Duration POLL = Duration.ofSeconds(30);

    private final Session session;
    private final Duration patience;

    Waiting(Session session, Duration patience) {
        this.session = session;
        this.patience = patience;
    }

    PromotionView until(PromotionView promotion) throws IOException {
        Instant end = session.terminal().clock().instant().plus(patience);
        PromotionView now = promotion;
        if (goesOn(now)) {
            session.note("Waiting: " + Table.clean(now.next()));
        }
        try (Progress progress = session.progress()) {
            while (goesOn(now)) {
                progress.say(now.state() + ": " + now.next());
                if (session.terminal().clock().instant().isAfter(end)) {
                    throw new Problem.Refused(
                                    "WAIT_OVER",
                                    "Waiting for promotion " + now.id(),
                                    "it is still " + now.state() + " after " + Count.of(patience.toMinutes(), "minute")
                                            + ": " + now.next(),
                                    "Look with `waybill status " + now.id() + "`; the promotion itself goes on.")
                            .exception();
                }
                now = session.client().promotions().promotion(now.id(), now.sequence(), POLL);
            }
        }
        return now;
    }

    /** A passed promotion goes on only where an agent takes it further; without one, another tool deploys now. */
    private boolean goesOn(PromotionView promotion) throws IOException {
        return switch (promotion.state()) {
            case "waiting", "deploying" -> true;
            case "passed" ->
                session.client().insight().running(promotion.slot()).stream()
                        .anyMatch(slot -> !slot.targets().isEmpty());
            default -> false;
        };
    }
}
