package dev.waybill.cli.insight;

import dev.waybill.api.insight.HistoryView;
import dev.waybill.api.promotion.ReleaseView;
import dev.waybill.cli.Exit;
import dev.waybill.cli.Session;
import dev.waybill.cli.terminal.Ago;
import dev.waybill.cli.terminal.Table;
import dev.waybill.core.name.Slot;
import dev.waybill.core.text.Count;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code waybill history}. */
@Command(name = "history", description = "The releases of a slot, newest first.")
@SuppressWarnings("NullAway.Init")
public final class HistoryCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "ENV/APP", description = "The slot.")
    private Slot slot;

    public HistoryCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        HistoryView history = session.client().insight().history(slot);
        session.answer(history, () -> text(history));
        session.closing(
                history.lines().isEmpty()
                        ? slot + " has no release yet."
                        : Count.of(history.lines().size(), "release") + ".",
                history.lines().isEmpty() ? "waybill promote REF --to " + slot.environment() : next(history));
        return Exit.DONE;
    }

    private String text(HistoryView history) {
        Table table = new Table(
                session.style(),
                "RELEASE",
                "ARTIFACT",
                "VERSION",
                "WHO",
                "WHEN",
                "SERVED",
                "OUTCOME",
                "ROLL BACK",
                "WHY");
        for (HistoryView.Line line : history.lines()) {
            ReleaseView release = line.release();
            table.row(
                    "#" + release.id().number(),
                    session.terminal().digest(release.artifact()),
                    release.versions().isEmpty() ? "-" : release.versions().getFirst(),
                    release.by(),
                    session.terminal().age(release.at()),
                    served(line),
                    release.outcome(),
                    readiness(line),
                    release.why() == null ? cause(release) : release.why());
        }
        return table.toString();
    }

    /** A way back is offered only where there is one that nothing forbids. */
    private String next(HistoryView history) {
        boolean back = history.lines().stream().anyMatch(line -> line.ready() && line.until() != null);
        return back ? "waybill rollback " + slot + " --why TEXT" : "waybill running " + slot;
    }

    private String readiness(HistoryView.Line line) {
        String text = Table.clean(line.readiness());
        // A reason is told whole; of the rest the word in front is enough for a column.
        return text.startsWith("vetoed:") ? session.style().bad(text) : text.replaceFirst(":.*", "");
    }

    private String served(HistoryView.Line line) {
        if (line.servedSeconds() != null) {
            return Ago.span(Duration.ofSeconds(line.servedSeconds()));
        }
        if (line.from() == null) {
            return "never";
        }
        Duration since =
                Duration.between(line.from(), session.terminal().clock().instant());
        return "now, for " + Ago.span(since.isNegative() ? Duration.ZERO : since);
    }

    private static String cause(ReleaseView release) {
        return release.cause().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
