package dev.waybill.cli.registry;

import dev.waybill.api.oci.Link;
import dev.waybill.cli.Exit;
import dev.waybill.cli.Session;
import dev.waybill.cli.layout.LayoutReader;
import dev.waybill.cli.layout.Node;
import dev.waybill.cli.terminal.Progress;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.text.Bytes;
import dev.waybill.core.text.Count;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code waybill registry import}. */
@Command(
        name = "import",
        description = {
            "Push everything in an OCI image layout into a repository, whichever tool wrote it.",
            "All of it is checked before the first byte is pushed; a tag that names other bytes there stays as it is."
        })
@SuppressWarnings("NullAway.Init")
public final class RegistryImportCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(index = "0", paramLabel = "DIR", description = "The directory of the layout.")
    private Path directory;

    @Parameters(index = "1", paramLabel = "REPOSITORY", description = "An application's name; it need not exist yet.")
    private ApplicationName repository;

    public RegistryImportCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        LayoutReader.Contents contents;
        RepositoryPush.Pushed pushed;
        try (Progress progress = session.progress()) {
            contents = new LayoutReader(session.path(directory), progress).read();
            pushed = new RepositoryPush(session.client().registry(), repository, progress)
                    .push(contents.graph(), new FromLayout(contents));
        }
        session.answer(pushed, () -> "");
        if (!contents.unnamed().isEmpty()) {
            session.note("Without a tag, because it is none: " + String.join(", ", contents.unnamed()));
        }
        for (RepositoryPush.Refused refused : pushed.refused()) {
            session.note("The tag " + refused.tag() + " was not set to " + refused.digest() + ": " + refused.why());
        }
        session.closing(
                "Imported " + Count.of(pushed.manifests(), "manifest") + ", " + Count.of(pushed.blobs(), "blob")
                        + " and " + Count.of(pushed.tags(), "tag") + " into " + repository + "; "
                        + Bytes.of(pushed.pushedBytes()) + " were not there yet"
                        + (pushed.refused().isEmpty()
                                ? "."
                                : ". " + Count.of(pushed.refused().size(), "tag") + " refused."),
                pushed.refused().isEmpty() ? "waybill registry storage" : "waybill tag REF VERSION");
        return pushed.refused().isEmpty() ? Exit.DONE : Exit.REFUSED;
    }

    private record FromLayout(LayoutReader.Contents contents) implements RepositoryPush.Source {
        @Override
        public byte[] manifest(Node node) throws IOException {
            return contents.manifest(node);
        }

        @Override
        public Path blob(Link link) {
            return contents.files().blob(link.digest());
        }

        /** It belongs to the layout. */
        @Override
        public void release(Path blob) {}
    }
}
