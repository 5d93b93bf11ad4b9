package dev.waybill.server.tile;

import dev.waybill.core.merkle.CompactRange;
import dev.waybill.core.merkle.Growth;
import dev.waybill.core.merkle.Hash;
import dev.waybill.core.merkle.Nodes;
import dev.waybill.core.merkle.Proofs;
import dev.waybill.core.merkle.Tile;
import dev.waybill.core.merkle.TileNodes;
import dev.waybill.core.problem.Problem;
import dev.waybill.server.db.Database;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Derives tiles and entry bundles from the database's entries. Doing it again gives the same bytes and harms nothing. */
public final class Derivation {
    /** Entries in memory at a time: eight full tiles. */
    private static final int BATCH = 8 * Tile.FULL;

    private final Database database;
    private final Leaves leaves;
    private final TileStore tiles;

    public Derivation(Database database, Leaves leaves, TileStore tiles) {
        this.database = database;
        this.leaves = leaves;
        this.tiles = tiles;
    }

    Head head() {
        return database.read(leaves::head);
    }

    /** Writes the files that the log has at {@code to} and had not at {@code from}, and gives the root that they make. */
    Hash grow(long from, long to) {
        write(from, to);
        return Proofs.root(to, nodes(to));
    }

    public void write(long from, long to) {
        for (long at = from; at < to; ) {
            long start = at;
            // Batches end at full tiles, so that no partial ones are written on the way.
            int count = (int) Math.min(to - at, BATCH - at % Tile.FULL);
            List<LeafRow> rows = database.read(tx -> leaves.leaves(tx, start, count));
            requireContiguous(rows, start, count);
            Growth.of(start, rows.stream().map(LeafRow::body).toList(), tiles::require)
                    .files()
                    .forEach(tiles::put);
            at += count;
        }
    }

    /** {@code LEDGER_DAMAGED} unless these are the entries from there on, each of them. */
    private static void requireContiguous(List<LeafRow> rows, long start, int count) {
        for (int i = 0; i < count; i++) {
            if (i == rows.size() || rows.get(i).index() != start + i) {
                throw new Problem.Unavailable(
                                "LEDGER_DAMAGED",
                                "Reading the entries of the ledger from the database",
                                "entry " + (start + i) + " is not there.",
                                "Keep the database as evidence and restore it from the newest backup, together with the"
                                        + " ledger directory.")
                        .exception();
            }
        }
    }

    /** The nodes of the log at a size whose tiles are there. Not for sharing between threads. */
    public Nodes nodes(long size) {
        return new TileNodes(size, this::hashes);
    }

    /** A partial tile of a former size need not be there any more (tlog-tiles); any wider one begins with its bytes. */
    private byte[] hashes(Tile tile) {
        for (int width = tile.width(); width <= Tile.FULL; width++) {
            Optional<byte[]> found = tiles.read(new Tile(tile.level(), tile.index(), width));
            if (found.isPresent()) {
                return Arrays.copyOf(found.get(), tile.width() * Hash.BYTES);
            }
        }
        return tiles.require(tile);
    }

    /** True if every file of the log at this size is there; their content is for the audit. */
    boolean isComplete(long size) {
        return Growth.between(0, size).stream()
                .allMatch(tile -> tiles.read(tile).isPresent());
    }

    /** The root over the first {@code size} entries as the database has them. */
    Hash rootInDatabase(long size) {
        CompactRange range = CompactRange.EMPTY;
        while (range.size() < size) {
            long from = range.size();
            int count = (int) Math.min(BATCH, size - from);
            List<LeafRow> rows = database.read(tx -> leaves.leaves(tx, from, count));
            requireContiguous(rows, from, count);
            range = range.append(rows.stream().map(LeafRow::hash).toList());
        }
        return range.root();
    }
}
