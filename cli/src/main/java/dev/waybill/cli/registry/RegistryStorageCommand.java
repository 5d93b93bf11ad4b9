package dev.waybill.cli.registry;

import dev.waybill.api.registry.StorageView;
import dev.waybill.cli.Exit;
import dev.waybill.cli.Session;
import dev.waybill.cli.terminal.Table;
import dev.waybill.core.text.Bytes;
import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code waybill registry storage}. */
@Command(name = "storage", description = "What uses the disk, and what the last month added.")
public final class RegistryStorageCommand implements Callable<Integer> {
    private final Session session;

    public RegistryStorageCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        StorageView storage = session.client().storage().storage();
        session.answer(storage, () -> {
            Table table = new Table(session.style(), "REPOSITORY", "MANIFESTS", "BLOBS", "SIZE", "LAST 30 DAYS");
            for (StorageView.Repository one : storage.repositories()) {
                table.row(
                        one.name(),
                        one.manifests(),
                        one.blobs(),
                        Bytes.of(one.bytes()),
                        "+" + Bytes.of(one.pushedLastMonth()));
            }
            return table.toString();
        });
        session.closing(closing(storage), "waybill registry gc --dry-run");
        return storage.damaged() == 0 ? Exit.DONE : Exit.REFUSED;
    }

    private static String closing(StorageView storage) {
        Instant since = storage.verifiedSince();
        String read = since == null
                ? "Not everything was read again yet"
                : "Everything was read again since " + since.toString().substring(0, 10);
        String damaged =
                storage.damaged() == 0 ? "nothing is damaged" : storage.damaged() + " damaged: push them again";
        return Bytes.of(storage.stored()) + " are stored, each digest once; " + Bytes.of(storage.restorable())
                + " more can still come back. " + read + "; " + damaged + ".";
    }
}
