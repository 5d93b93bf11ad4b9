package dev.waybill.cli.artifact;

import dev.waybill.api.client.Content;
import dev.waybill.api.insight.TraceView;
import dev.waybill.cli.Exit;
import dev.waybill.cli.Session;
import dev.waybill.cli.insight.Facts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code waybill trace}: from a reference, a commit or any file back to where it came from. */
@Command(name = "trace", description = "Find where an artifact, a commit or a file came from and where it went.")
@SuppressWarnings("NullAway.Init")
public final class TraceCommand implements Callable<Integer> {
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
        TraceView trace = session.client().insight().trace(question);
        session.answer(trace, () -> text(trace));
        session.closing(
                (isFile
                                ? session.shown(file) + " is " + (trace.file() == null ? "" : trace.file() + " in ")
                                : "This is ")
                        + trace.application() + " " + trace.artifact().shortHex() + ", built from commit "
                        + trace.commit().value().substring(0, 12) + ".",
                "waybill diff " + ArtifactText.name(trace.application(), trace.commit()) + " ENV/"
                        + trace.application());
        return Exit.DONE;
    }

    private String text(TraceView trace) {
        return "artifact  " + trace.artifact() + "\n"
                + "commit    " + trace.commit() + "\n"
                + "versions  " + ArtifactText.versions(trace.versions()) + "\n"
                + (trace.file() == null ? "" : "file      " + trace.file() + "\n")
                + Facts.lines(session.style(), trace.route());
    }
}
