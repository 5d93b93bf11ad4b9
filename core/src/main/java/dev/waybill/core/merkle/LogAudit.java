package dev.waybill.core.merkle;

import dev.waybill.core.problem.Problem;
import dev.waybill.core.problem.ProblemException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;

/**
 * Reads a whole log again, as tessera's fsck does: hashes every entry, compares every tile, and the root at the end with
 * the checkpoint's. Needs memory for one tile per level, whatever the size of the log.
 */
public final class LogAudit {
    private final Tree expected;
    private final TileSource files;
    private final Map<Integer, byte[]> open = new HashMap<>();

    private LogAudit(Tree expected, TileSource files) {
        this.expected = expected;
        this.files = files;
    }

    /**
     * Returns if the files are those of exactly this tree.
     *
     * @param expected size and root of a checkpoint whose signature was verified
     * @param progress told the number of entries done
     * @throws ProblemException {@code LEDGER_TAMPERED}, naming the file and where it can be known the entry
     */
    public static void check(Tree expected, TileSource files, LongConsumer progress) {
        new LogAudit(expected, files).run(progress);
    }

    private void run(LongConsumer progress) {
        CompactRange range = CompactRange.EMPTY;
        while (range.size() < expected.size()) {
            Tile bundle = Tile.holding(Tile.ENTRIES, range.size(), expected.size());
            List<byte[]> entries = EntryBundle.decode(files.bytes(bundle), bundle.width());
            Growth growth = Growth.of(range.size(), entries, this::partial);
            growth.files().forEach(this::compare);
            range = range.append(entries.stream().map(Hash::leaf).toList());
            progress.accept(range.size());
        }
        if (!range.root().equals(expected.root())) {
            throw tampered(
                    "the entries have the root " + range.root() + ", the checkpoint says " + expected.root() + ".");
        }
    }

    /** The tile of this level that is still being filled. */
    private byte[] partial(Tile tile) {
        byte[] bytes = open.get(tile.level());
        if (bytes == null) {
            throw new IllegalStateException("Nothing stands before " + tile.path());
        }
        return bytes;
    }

    private void compare(Tile tile, byte[] derived) {
        if (tile.level() == Tile.ENTRIES) {
            return;
        }
        open.put(tile.level(), derived);
        long last = tile.index() * Tile.FULL + tile.width() - 1;
        if (!tile.equals(Tile.holding(tile.level(), last, expected.size()))) {
            return;
        }
        byte[] stored = files.bytes(tile);
        int differs = Arrays.mismatch(stored, derived);
        if (differs >= 0) {
            long item = tile.index() * Tile.FULL + differs / Hash.BYTES;
            throw tampered(tile.path() + " and the entries differ, first at "
                    + (tile.level() == 0 ? "entry " + item : "hash " + item + " of its level") + ".");
        }
    }

    private static ProblemException tampered(String why) {
        return new Problem.Refused(
                        "LEDGER_TAMPERED",
                        "Reading the whole ledger again",
                        why,
                        "Keep all files as evidence, and compare with a copy or the checkpoint of a witness.")
                .exception();
    }
}
