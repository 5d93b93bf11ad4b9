package dev.waybill.cli.proof;

import dev.waybill.cli.Exit;
import dev.waybill.cli.Session;
import dev.waybill.cli.access.Pins;
import dev.waybill.cli.terminal.Progress;
import dev.waybill.core.text.Count;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code waybill ledger export}: everything that an auditor needs, in files that stock tools read. */
@Command(name = "export", description = "Write ledger, statements and keys into a directory that stock tools verify.")
@SuppressWarnings("NullAway.Init")
public final class LedgerExportCommand implements Callable<Integer> {
    private final Session session;

    @Option(names = "--to", required = true, paramLabel = "DIR", description = "A directory that is new or empty.")
    private Path to;

    public LedgerExportCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        byte[] shown = session.client().ledger().trust();
        Pins.check(session.home(), session.client().connection().base(), shown, false);
        LedgerExport.Written written;
        try (Progress progress = session.progress()) {
            written = new LedgerExport(session.client().ledger(), progress).into(session.path(to), shown);
        }
        session.answer(written, () -> "");
        session.closing(
                "Exported " + written.origin() + ": " + Count.of(written.size(), "entry", "entries") + " with root "
                        + written.root() + ".",
                "less " + to.resolve("README.md"));
        return Exit.DONE;
    }
}
