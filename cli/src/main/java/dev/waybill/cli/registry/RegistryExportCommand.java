package dev.waybill.cli.registry;

import dev.waybill.cli.Exit;
import dev.waybill.cli.Session;
import dev.waybill.cli.terminal.Progress;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.text.Bytes;
import dev.waybill.core.text.Count;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code waybill registry export}. */
@Command(
        name = "export",
        description = {
            "Write a whole repository into an OCI image layout: tags, manifests without one, indexes, referrers.",
            "Every byte is hashed. Started again, it fetches only what is not there whole."
        })
@SuppressWarnings("NullAway.Init")
public final class RegistryExportCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(index = "0", paramLabel = "REPOSITORY", description = "An application's name.")
    private ApplicationName repository;

    @Parameters(
            index = "1",
            paramLabel = "DIR",
            description = "A directory that is new, or holds an earlier export of this repository.")
    private Path directory;

    public RegistryExportCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        RepositoryExport.Written written;
        try (Progress progress = session.progress()) {
            written = new RepositoryExport(session.client(), repository, progress).into(session.path(directory));
        }
        session.answer(written, () -> "");
        if (written.absent() > 0) {
            session.note(Count.of(written.absent(), "part")
                    + " that manifests name were never pushed and are not in the layout: " + repository
                    + " may be sparse.");
        }
        session.closing(
                "Exported " + repository + ": " + Count.of(written.manifests(), "manifest") + ", "
                        + Count.of(written.blobs(), "blob") + ", " + Count.of(written.tags(), "tag") + ", "
                        + Bytes.of(written.bytes()) + "; " + Bytes.of(written.fetchedBytes()) + " fetched now.",
                "waybill registry import " + directory + " REPOSITORY");
        return Exit.DONE;
    }
}
