package dev.waybill.server.tile;

import dev.waybill.core.merkle.Hash;
import dev.waybill.core.merkle.Proofs;
import dev.waybill.core.merkle.Tile;
import dev.waybill.core.merkle.Tree;
import dev.waybill.core.note.Checkpoint;
import dev.waybill.core.note.LogKey;
import dev.waybill.core.problem.Problem;
import dev.waybill.core.text.Count;
import dev.waybill.server.db.Database;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Turns committed entries into what others can check. The order survives a kill between any two steps: entries are
 * committed; bundles, then tiles are durable; the root made from the tiles is the database's; the note is stored; only then
 * is it shown. Everything before the last step can be done again and gives the same bytes.
 */
public final class Publisher {
    private final Database database;
    private final Derivation derivation;
    private final CheckpointStore checkpoints;
    private final TileStore tiles;
    private final LogKey key;
    private final Clock clock;

    private volatile CheckpointStore.Signed published = new CheckpointStore.Signed(Tree.EMPTY, "");
    private volatile @Nullable Problem stopped;

    public Publisher(Parts parts, CheckpointStore checkpoints, TileStore tiles, LogKey key, Clock clock) {
        this.database = parts.database();
        this.derivation = new Derivation(parts.database(), parts.leaves(), tiles);
        this.checkpoints = checkpoints;
        this.tiles = tiles;
        this.key = key;
        this.clock = clock;
    }

    /** The database and the leaves in it. */
    public record Parts(Database database, Leaves leaves) {}

    /** What was published last. */
    public CheckpointStore.Signed published() {
        return published;
    }

    /** Why nothing may be written any more, if so. */
    public Optional<Problem> stopped() {
        return Optional.ofNullable(stopped);
    }

    public Derivation derivation() {
        return derivation;
    }

    public CheckpointStore checkpoints() {
        return checkpoints;
    }

    public TileStore tiles() {
        return tiles;
    }

    /**
     * At the start: compares the database with the checkpoint that was published last and derives files that are missing.
     * A database that is behind it, or has other entries before it, was restored from a backup or changed: nothing may be
     * written, or two histories would carry one name. Where the checkpoint is gone too, only tiles tell: then nothing starts.
     */
    public void recover() {
        Head head = derivation.head();
        Opening opening = new Opening(key.verifier());
        Tree stored = database.read(checkpoints::newest).map(opening::stored).orElse(Tree.EMPTY);
        tiles.checkpoint().ifPresent(note -> published = opening.shown(note));
        Tree seen = published.tree();
        Tree newest = stored.size() > seen.size() ? stored : seen;
        if (newest.size() > head.size()) {
            stopped = rolledBack("the database has " + Count.of(head.size(), "entry", "entries")
                    + ", but a checkpoint over " + newest.size() + " was published already.");
        } else if (!derivation.rootInDatabase(newest.size()).equals(newest.root())) {
            stopped = rolledBack("the first " + newest.size()
                    + " entries of the database are not those over which a checkpoint was published.");
        } else if (reach() > head.size()) {
            throw Opening.behindTiles(head.size(), reach()).exception();
        } else if (!derivation.isComplete(seen.size())) {
            derivation.grow(0, seen.size());
        }
    }

    /** How many entries the files that are there speak of. */
    private long reach() {
        return tiles.present().stream()
                .filter(tile -> tile.level() <= 0)
                .mapToLong(Tile::end)
                .max()
                .orElse(0);
    }

    /** Brings files and checkpoint up to the database, if they are behind. One caller at a time. */
    public synchronized CheckpointStore.Signed publish() {
        CheckpointStore.Signed last = published;
        Head head = derivation.head();
        if (stopped != null || head.size() <= last.tree().size()) {
            return last;
        }
        Hash root = derivation.grow(last.tree().size(), head.size());
        if (!root.equals(head.root())) {
            Problem damaged = damaged(head, root);
            stopped = damaged;
            throw damaged.exception();
        }
        Proofs.checkConsistency(
                last.tree(),
                head.tree(),
                Proofs.consistency(last.tree().size(), head.size(), derivation.nodes(head.size())));
        String note =
                key.sign(Checkpoint.of(key.verifier().name(), head.tree())).encode();
        CheckpointStore.Signed signed = new CheckpointStore.Signed(head.tree(), note);
        if (!store(signed)) {
            return last;
        }
        tiles.publish(note.getBytes(StandardCharsets.UTF_8));
        published = signed;
        return signed;
    }

    /**
     * Stores the note; false when another server on the same database has stored a newer one meanwhile, so that this one must
     * not be shown any more. Ed25519 is deterministic: whoever stored one of the same size, this server before a crash or
     * another, stored the same note.
     */
    private boolean store(CheckpointStore.Signed signed) {
        Instant now = clock.instant();
        return database.write(tx -> {
            Optional<CheckpointStore.Signed> same =
                    checkpoints.at(tx, signed.tree().size());
            if (same.isPresent() && !same.get().tree().equals(signed.tree())) {
                throw rolledBack("a checkpoint with another root was signed at the same size.")
                        .exception();
            }
            boolean newest = checkpoints
                    .newest(tx)
                    .map(stored -> stored.tree().size() <= signed.tree().size())
                    .orElse(Boolean.TRUE);
            if (newest && same.isEmpty()) {
                checkpoints.insert(tx, signed, now);
            }
            return newest;
        });
    }

    private static Problem rolledBack(String why) {
        return new Problem.Unavailable(
                "LEDGER_ROLLED_BACK",
                "Writing to the ledger",
                why,
                "Restore the database and the ledger directory from the same, newest backup; reading goes on meanwhile.");
    }

    private static Problem damaged(Head head, Hash root) {
        return new Problem.Unavailable(
                "LEDGER_DAMAGED",
                "Publishing a checkpoint over " + Count.of(head.size(), "entry", "entries"),
                "the entries give the root " + root + ", the database says " + head.root() + ".",
                "Run `waybill ledger verify`, which names the rows that were changed, and restore them from a backup.");
    }
}
