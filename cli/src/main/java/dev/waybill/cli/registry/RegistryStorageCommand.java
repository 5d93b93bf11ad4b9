package dev.waybill.cli.registry;

import dev.waybill.api.registry.StorageView;
import dev.waybill.cli.Exit;
import dev.waybill.cli.Session;
import dev.waybill.cli.terminal.Table;
import dev.waybill.core.text.Bytes;
import dev.waybill.core.text.Count;
import java.io.IOException;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code waybill registry storage}. */
@Command(
        name = "storage",
        description = "What uses the disk, what the last month added, and what of its quota each application uses.")
public final class RegistryStorageCommand implements Callable<Integer> {
    /** Beyond a year nobody plans by what one month was like. */
    private static final int FAR = 365;

    private final Session session;

    public RegistryStorageCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        StorageView storage = session.client().storage().storage();
        session.answer(storage, () -> {
            Table table =
                    new Table(session.style(), "REPOSITORY", "MANIFESTS", "BLOBS", "SIZE", "LAST 30 DAYS", "QUOTA");
            for (StorageView.Repository one : storage.repositories()) {
                table.row(
                        one.name(),
                        one.manifests(),
                        one.blobs(),
                        Bytes.of(one.bytes()),
                        "+" + Bytes.of(one.pushedLastMonth()),
                        quota(one));
            }
            return table.toString();
        });
        session.closing(closing(storage), "waybill registry gc --dry-run");
        return storage.damaged() == 0 ? Exit.DONE : Exit.REFUSED;
    }

    private static String quota(StorageView.Repository one) {
        Long quota = one.quota();
        if (quota == null) {
            return "none";
        }
        OptionalLong days = one.daysLeft();
        String left = days.isEmpty() || days.getAsLong() > FAR ? "" : ", full in " + Count.of(days.getAsLong(), "day");
        return Bytes.of(quota) + ", " + one.bytes() * 100 / quota + " % used" + left;
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
