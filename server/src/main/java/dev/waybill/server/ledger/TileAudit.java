package dev.waybill.server.ledger;

import dev.waybill.core.merkle.EntryBundle;
import dev.waybill.core.merkle.Growth;
import dev.waybill.core.merkle.Hash;
import dev.waybill.core.merkle.Tile;
import dev.waybill.core.merkle.Tree;
import dev.waybill.core.note.LogIdentity;
import dev.waybill.core.note.SignedNote;
import dev.waybill.core.problem.ProblemException;
import dev.waybill.core.text.Count;
import dev.waybill.server.db.Database;
import dev.waybill.server.tile.Derivation;
import dev.waybill.server.tile.TileStore;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Every published file against what the database's entries give. Derives the files again, in memory, and writes nothing. */
final class TileAudit {
    private final Database database;
    private final Ledger ledger;

    TileAudit(Database database, Ledger ledger) {
        this.database = database;
        this.ledger = ledger;
    }

    void check(List<Finding> findings) {
        Tree tree = ledger.publisher().published().tree();
        TileStore files = ledger.publisher().tiles();
        checkNote(files, tree, findings);
        // Listed before the entries are counted: what is committed later may have files later.
        List<Tile> present = files.present();
        long inDatabase = database.read(ledger::size);
        checkReach(present, inDatabase, findings);
        long size = Math.min(tree.size(), inDatabase);
        Comparing comparing =
                new Comparing(files, new HashSet<>(Growth.between(0, size)), Former.of(present), findings);
        try {
            new Derivation(database, ledger.store(), comparing).write(0, size);
        } catch (ProblemException e) {
            findings.add(new Finding(
                    "ledger",
                    "tile",
                    "",
                    null,
                    "TILES_UNCHECKED",
                    e.problem().missing() + " So its tiles cannot be derived."));
        }
        if (tree.size() > inDatabase) {
            findings.add(new Finding(
                    "ledger",
                    "ledger_entry",
                    Long.toString(inDatabase),
                    inDatabase,
                    "LEDGER_ROLLED_BACK",
                    "A checkpoint over " + Count.of(tree.size(), "entry", "entries")
                            + " was published; the database has " + inDatabase + "."));
        }
    }

    private static void checkReach(List<Tile> present, long inDatabase, List<Finding> findings) {
        present.stream()
                .filter(tile -> tile.level() <= 0 && tile.end() > inDatabase)
                .forEach(tile -> findings.add(found(
                        tile.path(),
                        inDatabase,
                        "TILE_BEYOND",
                        "It speaks of " + tile.end() + " entries; the database has " + inDatabase + ".")));
    }

    private void checkNote(TileStore files, Tree published, List<Finding> findings) {
        Optional<byte[]> note = files.checkpoint();
        if (note.isEmpty()) {
            if (published.size() > 0) {
                findings.add(found("checkpoint", null, "CHECKPOINT_MISSING", "The published checkpoint is gone."));
            }
            return;
        }
        try {
            Tree shown = LogIdentity.of(ledger.keys().log().verifier())
                    .open(SignedNote.parse(note.get()))
                    .tree();
            // A newer one may have been published since.
            boolean known = database.read(tx -> ledger.publisher().checkpoints().at(tx, shown.size()))
                    .filter(stored -> stored.tree().equals(shown))
                    .isPresent();
            if (!known) {
                findings.add(found("checkpoint", null, "CHECKPOINT_DIFFERS", "It was never stored in the database."));
            }
        } catch (ProblemException e) {
            findings.add(
                    found("checkpoint", null, e.problem().code(), e.problem().sentence()));
        }
    }

    private static Finding found(String file, @Nullable Long index, String code, String what) {
        return new Finding("ledger", file, file, index, code, what);
    }

    /** Takes what is derived, compares it with the files and keeps only the partial tiles that the derivation goes on from. */
    private record Comparing(
            TileStore files, Set<Tile> expected, Former former, List<Finding> findings, Map<Tile, byte[]> partial)
            implements TileStore {
        Comparing(TileStore files, Set<Tile> expected, Former former, List<Finding> findings) {
            this(files, expected, former, findings, new HashMap<>());
        }

        @Override
        public Optional<byte[]> read(Tile tile) {
            return Optional.ofNullable(partial.get(tile));
        }

        @Override
        public void put(Tile tile, byte[] bytes) {
            if (!tile.isFull()) {
                partial.put(tile, bytes);
            }
            former.before(tile).forEach(narrow -> compare(narrow, narrowed(bytes, tile, narrow.width())));
            if (expected.contains(tile)) {
                compare(tile, bytes);
            }
        }

        /** A partial tile of a former size begins as the wider one does (tlog-tiles, "Partial tiles"). */
        private static byte[] narrowed(byte[] bytes, Tile tile, int width) {
            return tile.level() == Tile.ENTRIES
                    ? EntryBundle.encode(EntryBundle.decode(bytes, tile.width()).subList(0, width))
                    : Arrays.copyOf(bytes, width * Hash.BYTES);
        }

        private void compare(Tile tile, byte[] bytes) {
            Optional<byte[]> file = files.read(tile);
            if (file.isEmpty()) {
                findings.add(found(tile.path(), firstLeaf(tile), "TILE_MISSING", "The file is not there."));
            } else if (!Arrays.equals(file.get(), bytes)) {
                findings.add(found(
                        tile.path(),
                        firstDifference(tile, bytes, file.get()),
                        "TILE_DIFFERS",
                        "The file is not what the database's entries give."));
            }
        }

        @Override
        public List<Tile> present() {
            return List.of();
        }

        @Override
        public Optional<byte[]> checkpoint() {
            return Optional.empty();
        }

        @Override
        public void publish(byte[] note) {
            throw new UnsupportedOperationException("An audit publishes nothing");
        }

        private static long firstLeaf(Tile tile) {
            return (tile.index() * Tile.FULL) << (8 * Math.max(0, tile.level()));
        }

        private static long firstDifference(Tile tile, byte[] derived, byte[] file) {
            if (tile.level() == Tile.ENTRIES) {
                return firstLeaf(tile) + firstDifferentEntry(tile, derived, file);
            }
            int hash = Math.max(0, Arrays.mismatch(derived, file)) / Hash.BYTES;
            return firstLeaf(tile) + ((long) hash << (8 * tile.level()));
        }

        private static int firstDifferentEntry(Tile tile, byte[] derived, byte[] file) {
            List<byte[]> mine = EntryBundle.decode(derived, tile.width());
            try {
                List<byte[]> theirs = EntryBundle.decode(file, tile.width());
                for (int i = 0; i < mine.size(); i++) {
                    if (!Arrays.equals(mine.get(i), theirs.get(i))) {
                        return i;
                    }
                }
            } catch (ProblemException e) {
                return 0;
            }
            return 0;
        }
    }

    /** Partial tiles that stayed from former sizes, by their place; each is given out once. */
    private record Former(Map<Tile, List<Tile>> byPlace) {
        static Former of(List<Tile> present) {
            return new Former(present.stream()
                    .filter(tile -> !tile.isFull())
                    .collect(Collectors.groupingBy(Former::place, HashMap::new, Collectors.toList())));
        }

        private static Tile place(Tile tile) {
            return new Tile(tile.level(), tile.index(), Tile.FULL);
        }

        /** Those that are narrower than this one. */
        List<Tile> before(Tile tile) {
            List<Tile> all = byPlace.getOrDefault(place(tile), List.of());
            List<Tile> narrow =
                    all.stream().filter(t -> t.width() < tile.width()).toList();
            byPlace.put(
                    place(tile),
                    all.stream().filter(t -> t.width() >= tile.width()).toList());
            return narrow;
        }
    }
}
