package dev.waybill.cli.insight;

import dev.waybill.api.insight.WhyView;
import dev.waybill.api.promotion.MarkView;
import dev.waybill.cli.Exit;
import dev.waybill.cli.Session;
import dev.waybill.cli.terminal.Style;
import dev.waybill.cli.terminal.Table;
import dev.waybill.core.name.Slot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code waybill why}: the walk back from the running bytes to the commit; {@code --proof} keeps it for others. */
@Command(
        name = "why",
        description = {
            "What runs there, and how do I know that it is what we tested?",
            "Exit code 1 when that is not proven, when something else runs than was commanded, or when what runs is vetoed."
        })
@SuppressWarnings("NullAway.Init")
public final class WhyCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "ENV/APP", description = "The slot.")
    private Slot slot;

    @Option(names = "--proof", paramLabel = "FILE", description = "Write one file that verifies offline.")
    private @Nullable Path proof;

    public WhyCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        WhyView why = session.client().insight().why(slot);
        if (proof != null) {
            Files.write(session.path(proof), session.client().insight().proof(slot));
        }
        session.answer(why, () -> text(why));
        loudly(why);
        session.closing(
                why.sentence() + (proof == null ? "" : " The proof is in " + proof + "."),
                proof == null ? "waybill why " + slot + " --proof FILE" : "waybill verify " + proof);
        return why.proven() && why.contradictions().isEmpty() ? Exit.DONE : Exit.REFUSED;
    }

    /** Beside the answer, so that it is seen even where only the answer is kept. */
    private void loudly(WhyView why) {
        Style style = session.terminal().errStyle();
        why.contradictions().forEach(against -> session.note(style.bad(Table.clean(against))));
        MarkView hold = why.hold();
        if (hold != null) {
            session.note(style.warn("Held by " + hold.by() + ": " + Table.clean(hold.reason())));
        }
    }

    private String text(WhyView why) {
        StringBuilder text = new StringBuilder();
        text.append(why.slot()).append("  ");
        text.append(why.artifact() == null ? "nothing" : session.terminal().digest(why.artifact()))
                .append('\n');
        for (WhyView.Step step : why.steps()) {
            text.append(session.style().bold(step.name())).append('\n');
            text.append(Facts.lines(session.style(), step.facts()));
        }
        return text.toString();
    }
}
