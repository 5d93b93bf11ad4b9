package dev.waybill.cli.registry;

import dev.waybill.api.registry.Sweep;
import dev.waybill.api.registry.SweepRequest;
import dev.waybill.cli.Exit;
import dev.waybill.cli.Session;
import dev.waybill.cli.terminal.Table;
import dev.waybill.core.text.Bytes;
import dev.waybill.core.text.Count;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code waybill registry gc}. */
@Command(
        name = "gc",
        description = {
            "Take out what nothing keeps. The server does it each hour by itself.",
            "What is taken out can come back for a week; statements stay for ever."
        })
public final class RegistryGcCommand implements Callable<Integer> {
    private final Session session;

    @Option(names = "--dry-run", description = "Only say what would go.")
    private boolean dryRun;

    @Option(names = "--even-many", description = "Also when more would go than the breaker lets pass.")
    private boolean evenMany;

    public RegistryGcCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        Sweep sweep = session.client().storage().collect(new SweepRequest(dryRun, evenMany));
        session.answer(sweep, () -> {
            Table table = new Table(session.style(), "REPOSITORY", "DIGEST", "KIND", "SIZE");
            for (Sweep.Taken taken : sweep.taken()) {
                table.row(taken.repository(), taken.digest().shortHex(), taken.kind(), Bytes.of(taken.size()));
            }
            return sweep.taken().isEmpty() ? "" : table.toString();
        });
        String refused = sweep.refused();
        if (refused != null) {
            session.closing("Nothing was taken out: " + refused, "waybill registry gc --dry-run");
            return dryRun ? Exit.DONE : Exit.REFUSED;
        }
        session.closing(
                Count.of(sweep.manifests(), "manifest") + " and " + Count.of(sweep.blobs(), "blob") + " ("
                        + Bytes.of(sweep.bytes()) + ") " + (dryRun ? "would be" : "were") + " taken out; "
                        + Bytes.of(sweep.freed()) + " left the disk.",
                dryRun ? "waybill registry gc" : "waybill registry storage");
        return Exit.DONE;
    }
}
