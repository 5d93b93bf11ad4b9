package dev.waybill.server.insight;

import dev.waybill.api.insight.BoardView;
import dev.waybill.api.insight.RunningView;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.Slot;
import dev.waybill.core.promotion.Promotion;
import dev.waybill.server.db.Tx;
import dev.waybill.server.running.Slots;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Applications by environments, a page at a time. */
final class Board {
    private final Slots slots;

    Board(Slots slots) {
        this.slots = slots;
    }

    BoardView page(Tx tx, String filter, int page, Sight sight, Instant now) {
        List<ApplicationName> seen = applications(tx, filter, sight);
        List<ApplicationName> shown = seen.stream()
                .skip((page - 1L) * Answers.ROWS)
                .limit(Answers.ROWS)
                .toList();
        Map<ApplicationName, List<Slot>> of = slots.of(tx, shown);
        List<Slot> all =
                of.values().stream().flatMap(List::stream).filter(sight::sees).toList();
        Map<Slot, RunningView> views =
                slots.views(tx, all, now).stream().collect(Collectors.toMap(RunningView::slot, Function.identity()));
        Map<ApplicationName, List<BoardView.Waiting>> waiting = waiting(tx, all);
        List<BoardView.Row> rows = new ArrayList<>();
        of.forEach((application, places) -> rows.add(new BoardView.Row(
                application,
                places.stream().filter(views::containsKey).map(views::get).toList(),
                waiting.getOrDefault(application, List.of()))));
        return new BoardView(rows, seen.size(), now);
    }

    List<ApplicationName> applications(Tx tx, String filter, Sight sight) {
        String part = filter.toLowerCase(Locale.ROOT);
        return slots.applications(tx).stream()
                .filter(a -> a.value().contains(part))
                .filter(sight::sees)
                .toList();
    }

    private Map<ApplicationName, List<BoardView.Waiting>> waiting(Tx tx, List<Slot> all) {
        return slots.waiting(tx, all).stream()
                .map(Board::waiting)
                .collect(Collectors.groupingBy(w -> w.slot().application()));
    }

    private static BoardView.Waiting waiting(Promotion promotion) {
        String sentence = promotion instanceof Promotion.AwaitingDecision awaiting
                ? awaiting.evaluation().verdict().sentence()
                : "It is judged in a moment.";
        return new BoardView.Waiting(
                promotion.request().promotion(),
                promotion.request().slot(),
                promotion.request().artifact().shortHex() + ": " + sentence,
                "Review");
    }
}
