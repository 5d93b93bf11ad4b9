package dev.waybill.agent.verify;

import dev.waybill.agent.store.Disk;
import dev.waybill.core.merkle.Hash;
import dev.waybill.core.merkle.Proofs;
import dev.waybill.core.merkle.TileNodes;
import dev.waybill.core.merkle.Tree;
import dev.waybill.core.note.Checkpoint;
import dev.waybill.core.note.SignedNote;
import dev.waybill.core.predicate.SeenCheckpoint;
import dev.waybill.core.problem.ProblemException;
import dev.waybill.core.verify.TrustRoot;
import dev.waybill.core.verify.Witnessing;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the newest checkpoint that this agent verified, and demands that every other one belongs to the same growing
 * ledger. Two that cannot both be true are kept side by side as evidence. Safe for use by many threads.
 */
public final class Witness {
    /** The ledger as the server shows it. */
    public interface Source {
        byte[] checkpoint();

        byte[] tile(String path);
    }

    private final Disk disk;
    private final Path file;
    private final TrustRoot trust;
    private final Source source;
    private @Nullable SignedNote last;

    public Witness(Disk disk, Path file, TrustRoot trust, Source source) throws IOException {
        this.disk = disk;
        this.file = file;
        this.trust = trust;
        this.source = source;
        this.last = disk.read(file).map(SignedNote::parse).orElse(null);
    }

    /** Follows the ledger to its newest checkpoint; {@code CHECKPOINT_STALE} or {@code LOG_FORKED} when it did not just grow. */
    public synchronized Checkpoint follow() throws IOException {
        SignedNote newer = SignedNote.parse(source.checkpoint());
        Tree before = tree();
        long size = Checkpoint.parse(newer.text()).size();
        List<Hash> proof = size < before.size() ? List.of() : consistency(before.size(), size);
        try {
            Checkpoint checkpoint = Witnessing.follow(trust, before, newer, proof);
            if (checkpoint.size() > before.size() || last == null) {
                disk.write(file, newer.bytes());
                last = newer;
            }
            return checkpoint;
        } catch (ProblemException e) {
            disk.write(file.resolveSibling("refused-checkpoint"), newer.bytes());
            throw e;
        }
    }

    /** Checks that a checkpoint under which something was proven is a part of the ledger as this agent knows it. */
    public synchronized void require(Checkpoint proven) throws IOException {
        if (last == null || proven.size() > tree().size()) {
            follow();
        }
        Tree known = tree();
        if (proven.size() > known.size()) {
            Witnessing.follow(trust, proven.tree(), SignedNote.parse(source.checkpoint()), List.of());
        }
        Proofs.checkConsistency(proven.tree(), known, consistency(proven.size(), known.size()));
    }

    /** What to put into statements, so that evidence of forks spreads. */
    public synchronized @Nullable SeenCheckpoint seen() {
        if (last == null) {
            return null;
        }
        Checkpoint checkpoint = Checkpoint.parse(last.text());
        return new SeenCheckpoint(
                checkpoint.origin(), checkpoint.size(), checkpoint.root().toString());
    }

    private Tree tree() {
        return last == null ? Tree.EMPTY : Checkpoint.parse(last.text()).tree();
    }

    private List<Hash> consistency(long from, long to) {
        return from == 0 || from == to
                ? List.of()
                : Proofs.consistency(from, to, new TileNodes(to, tile -> source.tile(tile.path())));
    }
}
