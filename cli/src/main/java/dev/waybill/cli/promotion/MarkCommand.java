package dev.waybill.cli.promotion;

import dev.waybill.api.promotion.MarkRequest;
import dev.waybill.api.promotion.MarkView;
import dev.waybill.cli.Exit;
import dev.waybill.cli.Session;
import dev.waybill.cli.terminal.Table;
import dev.waybill.core.name.Slot;
import dev.waybill.core.predicate.Mark;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code waybill hold}, {@code pin} and {@code veto}, and their end. */
@Command
@SuppressWarnings("NullAway.Init")
public final class MarkCommand implements Callable<Integer> {
    private final Session session;
    private final Mark.Kind kind;

    @Parameters
    private String what;

    @Option(
            names = {"--why", "--reason"},
            required = true,
            paramLabel = "TEXT",
            description = "Why.")
    private String reason;

    @Option(names = "--end", description = "End the mark instead of setting it.")
    private boolean end;

    public MarkCommand(Session session, Mark.Kind kind) {
        this.session = session;
        this.kind = kind;
    }

    /** A hold is on a slot, the others are on an artifact: each command names its own. */
    public static void label(CommandSpec spec, Mark.Kind kind) {
        boolean hold = kind == Mark.Kind.HOLD;
        PositionalParamSpec both = spec.positionalParameters().getFirst();
        spec.remove(both);
        spec.add(both.toBuilder()
                .paramLabel(hold ? "ENV/APP" : "REF")
                .description(hold ? "The slot." : "The artifact.")
                .build());
    }

    @Override
    public Integer call() throws IOException {
        boolean hold = kind == Mark.Kind.HOLD;
        MarkView mark = session.client()
                .promotions()
                .mark(new MarkRequest(kind, end, hold ? Slot.parse(what) : null, hold ? null : what, reason));
        session.answer(
                mark,
                () -> new Table(session.style(), "MARK", "ON", "BY", "REASON")
                        .row(
                                kind.name().toLowerCase(Locale.ROOT) + (end ? " ended" : ""),
                                about(mark),
                                mark.by(),
                                mark.reason())
                        .toString());
        session.closing(sentence(mark), hold ? "waybill running " + what : "waybill trace " + what);
        return Exit.DONE;
    }

    private static String about(MarkView mark) {
        return String.valueOf(mark.slot() != null ? mark.slot() : mark.artifact());
    }

    private String sentence(MarkView mark) {
        String about = about(mark);
        return switch (kind) {
            case HOLD ->
                end ? "Automation goes on in " + about + "." : "Nothing deploys by itself in " + about + " any more.";
            case PIN -> end ? about + " is kept as long as something refers to it." : about + " is kept for ever.";
            case VETO ->
                end ? about + " may be promoted again." : about + " is never promoted again, nor rolled back to.";
        };
    }
}
