package dev.waybill.server.page;

import dev.waybill.api.insight.BoardView;
import dev.waybill.api.insight.RunningView;
import dev.waybill.core.text.Count;
import dev.waybill.server.insight.Answers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The board as a table: one column for each environment of any pipeline on the page. */
public record BoardPage(List<String> environments, List<Row> rows, int page, int total) {
    /** {@code cells} has one for each column, null where the application's pipeline has no such environment. */
    public record Row(String application, List<@Nullable BoardCell> cells, List<Waiting> waiting) {}

    public record Waiting(String promotion, String environment, String sentence, String action) {}

    public static BoardPage of(BoardView view, int page, Instant now) {
        List<String> columns = columns(view);
        List<Row> rows = view.rows().stream().map(row -> row(row, columns, now)).toList();
        return new BoardPage(columns, rows, page, view.total());
    }

    public int pages() {
        return Math.max(1, (total + Answers.ROWS - 1) / Answers.ROWS);
    }

    /** {@code 12 applications, 2 wait for somebody}. */
    public String summary() {
        long waiting = rows.stream().filter(r -> !r.waiting().isEmpty()).count();
        String applications = Count.of(total, "application");
        return waiting == 0 ? applications : applications + ", " + Count.of(waiting, "waits", "wait") + " for somebody";
    }

    /** Pipelines differ; an environment that is new to the list stands right after its own predecessor. */
    private static List<String> columns(BoardView view) {
        List<String> columns = new ArrayList<>();
        for (BoardView.Row row : view.rows()) {
            int place = 0;
            for (RunningView cell : row.cells()) {
                String environment = cell.slot().environment().toString();
                int known = columns.indexOf(environment);
                if (known < 0) {
                    columns.add(place, environment);
                    known = place;
                }
                place = known + 1;
            }
        }
        return columns;
    }

    private static Row row(BoardView.Row row, List<String> columns, Instant now) {
        Map<String, BoardCell> cells = row.cells().stream()
                .map(c -> BoardCell.of(c, now))
                .collect(Collectors.toMap(BoardCell::environment, Function.identity()));
        List<@Nullable BoardCell> inOrder = new ArrayList<>();
        columns.forEach(c -> inOrder.add(cells.get(c)));
        List<Waiting> waiting = row.waiting().stream()
                .map(w -> new Waiting(w.promotion(), w.slot().environment().toString(), w.sentence(), w.action()))
                .toList();
        return new Row(row.application().toString(), inOrder, waiting);
    }
}
