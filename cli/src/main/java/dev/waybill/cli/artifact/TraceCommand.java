package dev.waybill.cli.artifact;

import dev.waybill.api.client.Content;
import dev.waybill.api.insight.TraceView;
import dev.waybill.cli.Exit;
import dev.waybill.cli.Session;
import dev.waybill.cli.insight.Facts;
import dev.waybill.cli.terminal.Table;
import dev.waybill.core.name.ReleaseId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code waybill trace}: from a reference, a commit or any file back to where it came from. */
@Command(name = "trace", description = "Find where an artifact, a commit or a file came from and where it went.")
@SuppressWarnings("NullAway.Init")
public final class TraceCommand implements Callable<Integer> {
    /** More releases of one artifact are counted only. */
    private static final int RELEASES = 4;

    private final Session session;

    @Parameters(paramLabel = "REF|COMMIT|FILE", description = "A reference, a full commit id, or a file on this disk.")
    private String asked;

    public TraceCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        Path file = session.path(Path.of(asked));
        boolean isFile = Files.isRegularFile(file);
        String question = isFile ? Content.of(file).digest().toString() : asked;
        if (isFile) {
            session.note("The sha256 of " + session.shown(file) + " is " + question.substring(question.indexOf(':') + 1)
                    + ".");
        }
        TraceView trace = session.client().insight().trace(question);
        session.answer(trace, () -> text(trace));
        session.closing(
                (isFile
                                ? session.shown(file) + " is " + (trace.file() == null ? "" : trace.file() + " in ")
                                : "This is ")
                        + trace.application() + " " + trace.artifact().shortHex() + ", built from commit "
                        + trace.commit().value().substring(0, 12) + "." + count(trace),
                "waybill diff " + ArtifactText.name(trace.application(), trace.commit()) + " ENV/"
                        + trace.application());
        return Exit.DONE;
    }

    private String text(TraceView trace) {
        return "artifact  " + trace.artifact() + "\n"
                + "commit    " + trace.commit() + "\n"
                + "versions  " + ArtifactText.versions(trace.versions()) + "\n"
                + (trace.file() == null ? "" : "file      " + trace.file() + "\n")
                + Facts.lines(session.style(), trace.route())
                + holders(trace);
    }

    /** A file is often in many artifacts, and one file that runs in production may be that of an older one. */
    private String holders(TraceView trace) {
        if (trace.count() < 2) {
            return "";
        }
        Table table = new Table(session.style(), "ALSO", "COMMIT", "VERSION", "FILE", "RELEASES");
        for (TraceView.Holder holder : trace.holders()) {
            if (!holder.artifact().equals(trace.artifact())) {
                table.row(
                        holder.application() + " " + session.terminal().digest(holder.artifact()),
                        holder.commit().value().substring(0, 12),
                        ArtifactText.versions(holder.versions()),
                        holder.file() == null ? "-" : holder.file(),
                        releases(holder.releases()));
            }
        }
        int left = trace.count() - trace.holders().size();
        return "\n" + table + (left > 0 ? "and " + (trace.more() ? "at least " : "") + left + " more\n" : "");
    }

    private static String releases(List<ReleaseId> releases) {
        String last = releases.stream()
                .skip(Math.max(0, releases.size() - RELEASES))
                .map(ReleaseId::toString)
                .collect(Collectors.joining(", "));
        int left = releases.size() - RELEASES;
        return releases.isEmpty() ? "none" : left > 0 ? last + " and " + left + " earlier" : last;
    }

    private static String count(TraceView trace) {
        return trace.count() < 2
                ? ""
                : " " + (trace.more() ? "At least " : "") + trace.count() + " artifacts "
                        + (trace.file() == null ? "are written so" : "hold it") + "; this is the newest.";
    }
}
