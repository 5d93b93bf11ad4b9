package dev.waybill.cli.artifact;

import dev.waybill.api.artifact.FileInside;
import dev.waybill.api.artifact.Resolved;
import dev.waybill.cli.Exit;
import dev.waybill.cli.Session;
import dev.waybill.cli.terminal.Progress;
import dev.waybill.cli.terminal.Table;
import dev.waybill.core.name.Digest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code waybill pull}: the files of an artifact, verified. */
@Command(name = "pull", description = "Fetch exactly the bytes of an artifact into a directory.")
@SuppressWarnings("NullAway.Init")
public final class PullCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "REF", description = "The artifact.")
    private String ref;

    @Option(names = "--to", paramLabel = "DIR", description = "Where to put the files (default: here).")
    private Path to = Path.of(".");

    public PullCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        Resolved resolved = session.client().artifacts().resolve(ref);
        List<FileInside> files;
        try (Progress progress = session.progress()) {
            files = new Fetch(session.client().registry(), progress)
                    .into(resolved.application(), resolved.digest(), session.path(to));
        }
        session.answer(new Answer(resolved.digest(), files), () -> {
            Table table = new Table(session.style(), "FILE", "BYTES", "SHA256");
            files.forEach(
                    file -> table.row(file.path(), file.size(), file.digest().hex()));
            return table.toString();
        });
        session.closing(
                "Fetched " + resolved.application() + " " + resolved.digest() + " into " + place()
                        + ", every byte verified.",
                "waybill trace " + ArtifactText.name(resolved.application(), resolved.commit()));
        return Exit.DONE;
    }

    private String place() {
        String shown = session.shown(to);
        return shown.equals(session.directory().toString()) ? "this directory" : shown;
    }

    record Answer(Digest artifact, List<FileInside> files) {}
}
