package dev.waybill.cli.artifact;

import dev.waybill.api.insight.DiffView;
import dev.waybill.api.insight.Fact;
import dev.waybill.cli.Exit;
import dev.waybill.cli.Session;
import dev.waybill.cli.insight.Facts;
import dev.waybill.cli.terminal.Style;
import dev.waybill.cli.terminal.Table;
import dev.waybill.core.name.Digest;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code waybill diff}. */
@Command(
        name = "diff",
        description = {
            "What differs between two artifacts, releases or environments.",
            "Exit code 0 whether or not anything differs; `waybill compare` judges, and has one for its verdict."
        })
@SuppressWarnings("NullAway.Init")
public final class DiffCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(index = "0", paramLabel = "A", description = "A reference.")
    private String a;

    @Parameters(index = "1", paramLabel = "B", description = "Another one.")
    private String b;

    public DiffCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        DiffView diff = session.client().insight().diff(a, b);
        session.answer(diff, () -> text(diff));
        session.closing(diff.sentence(), "waybill pull " + b + " --to DIR");
        return Exit.DONE;
    }

    private String text(DiffView diff) {
        Style style = session.style();
        StringBuilder text = new StringBuilder();
        text.append("A  ")
                .append(session.terminal().digest(diff.a().artifact()))
                .append("  ")
                .append(a)
                .append('\n');
        text.append("B  ")
                .append(session.terminal().digest(diff.b().artifact()))
                .append("  ")
                .append(b)
                .append('\n');
        if (!diff.commits().isEmpty()) {
            Table commits = new Table(style, diff.leaving() ? "LEAVES" : "COMMIT", "AUTHOR", "SUBJECT");
            diff.commits()
                    .forEach(c -> commits.row(
                            c.id().value().substring(0, 12), c.author().name(), c.subject()));
            text.append('\n').append(commits);
        }
        if (!diff.configuration().isEmpty()) {
            Table keys = new Table(style, "KEY", "CHANGE", "BEFORE", "AFTER");
            diff.configuration().forEach(k -> keys.row(k.key(), k.change(), or(k.before()), or(k.after())));
            text.append('\n').append(keys);
        }
        if (!diff.run().isEmpty()) {
            Table lines = new Table(style, "RUN", "CHANGE", "BEFORE", "AFTER");
            diff.run().forEach(k -> lines.row(k.key(), k.change(), or(k.before()), or(k.after())));
            text.append('\n').append(lines);
        }
        if (!diff.files().isEmpty()) {
            Table files = new Table(style, "FILE", "CHANGE", "BEFORE", "AFTER");
            diff.files().forEach(f -> files.row(f.path(), f.change(), hex(f.before()), hex(f.after())));
            text.append('\n').append(files);
        }
        text.append(only(style, "Only A", diff.onlyA())).append(only(style, "Only B", diff.onlyB()));
        return text.toString();
    }

    private static String only(Style style, String which, List<Fact> facts) {
        return facts.isEmpty() ? "" : "\n" + which + "\n" + Facts.lines(style, facts);
    }

    private static String or(@Nullable String value) {
        return value == null ? "-" : value;
    }

    private static String hex(@Nullable Digest digest) {
        return digest == null ? "-" : digest.shortHex();
    }
}
