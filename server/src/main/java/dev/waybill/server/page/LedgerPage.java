package dev.waybill.server.page;

import dev.waybill.core.name.Digest;
import dev.waybill.core.text.Count;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of the ledger, newest entry first.
 *
 * @param base the server's address as the reader wrote it
 * @param newer and {@code older}: the {@code before} of the neighbouring pages, null at the ends
 */
public record LedgerPage(
        String origin,
        String base,
        long size,
        @Nullable String checkpoint,
        List<Line> entries,
        @Nullable Long newer,
        @Nullable Long older) {
    public record Line(long index, Digest id, Instant at, String says, String about, String signer) {}

    /** Who beside the log itself signed the checkpoint: its signature lines after the first. */
    public String witnesses() {
        long signatures = checkpoint == null
                ? 0
                : checkpoint.lines().filter(l -> l.startsWith("— ")).count();
        return signatures < 2
                ? "No witness has cosigned it."
                : "Cosigned by " + Count.of(signatures - 1, "witness", "witnesses") + ".";
    }
}
