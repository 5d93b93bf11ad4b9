package dev.waybill.server.ui;

import dev.waybill.api.insight.BoardView;
import dev.waybill.api.insight.DiffView;
import dev.waybill.api.insight.HistoryView;
import dev.waybill.api.insight.RunningView;
import dev.waybill.api.insight.TraceView;
import dev.waybill.api.insight.WaybillView;
import dev.waybill.api.insight.WhyView;
import dev.waybill.api.promotion.PromotionView;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.Ref;
import dev.waybill.core.name.Slot;
import dev.waybill.core.problem.Problem;
import dev.waybill.server.insight.Answers;
import dev.waybill.server.insight.Sight;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Always the same story, so that pages can be looked at without one having happened. */
final class FakeAnswers implements Answers {
    final SampleViews views;
    final String typed;

    FakeAnswers(SampleViews views, String typed) {
        this.views = views;
        this.typed = typed;
    }

    @Override
    public List<RunningView> running(Sight sight) {
        return board("", 1, sight).rows().stream()
                .flatMap(r -> r.cells().stream())
                .filter(c -> sight.sees(c.slot()))
                .toList();
    }

    @Override
    public RunningView running(Slot slot) {
        return board("", 1, new Sight(null)).rows().stream()
                .flatMap(r -> r.cells().stream())
                .filter(c -> c.slot().equals(slot))
                .findFirst()
                .orElseGet(() -> views.empty(slot.toString()));
    }

    @Override
    public List<RunningView> running(ApplicationName application) {
        return board("", 1, new Sight(null)).rows().stream()
                .filter(r -> r.application().equals(application))
                .flatMap(r -> r.cells().stream())
                .toList();
    }

    @Override
    public WhyView why(Slot slot) {
        return views.why();
    }

    @Override
    public byte[] proof(Slot slot) {
        return "{}".getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public TraceView trace(String asked, Sight sight) {
        if (!views.waybill("").artifact().hex().startsWith(asked)) {
            throw new Problem.NotFound("NOTHING_FOUND", "Tracing " + asked, "nothing is written so.", "Look again.")
                    .exception();
        }
        WaybillView found = views.waybill("");
        return new TraceView(
                asked,
                found.application(),
                found.artifact(),
                found.commit(),
                found.versions(),
                null,
                List.of(),
                List.of(),
                1,
                false);
    }

    @Override
    public DiffView diff(Ref a, Ref b, Sight sight) {
        if (a instanceof Ref.ByCommit unknown) {
            throw new Problem.NotFound(
                            "APPLICATION_UNKNOWN",
                            "Finding the artifact " + unknown.application(),
                            "it is not registered.",
                            "Check the name.")
                    .exception();
        }
        return views.diff(typed);
    }

    @Override
    public Change change(PromotionView promotion) {
        return new Change(views.diff(typed), List.of());
    }

    @Override
    public HistoryView history(Slot slot) {
        return views.history(typed);
    }

    @Override
    public BoardView board(String filter, int page, Sight sight) {
        BoardView all = filter.equals("application") ? views.large(ROWS) : views.board();
        List<BoardView.Row> rows = all.rows().stream()
                .filter(r -> r.application().value().contains(filter))
                .filter(r -> sight.actor() == null || sight.sees(r.application()))
                .toList();
        return new BoardView(rows, filter.equals("application") ? 500 : rows.size(), views.now);
    }

    @Override
    public WaybillView waybill(Digest artifact, Sight sight) {
        return views.waybill(typed);
    }
}
