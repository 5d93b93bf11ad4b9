package dev.waybill.core.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.core.ledger.StaticLedger;
import dev.waybill.core.merkle.CompactRange;
import dev.waybill.core.merkle.Hash;
import dev.waybill.core.merkle.Proofs;
import dev.waybill.core.merkle.TileNodes;
import dev.waybill.core.merkle.Tree;
import dev.waybill.core.note.Checkpoint;
import dev.waybill.core.note.SignedNote;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Attacks 10 and 11: two histories, and a history that became shorter. */
class WitnessingTest extends Attacks {
    private final TileNodes nodes = new TileNodes(SIZE, LEDGER::bytes);

    @Test
    void a_witness_follows_a_ledger_that_only_grew() {
        for (int seen = 0; seen <= SIZE; seen++) {
            Checkpoint followed = Witnessing.follow(LEDGER.trust(), treeAt(seen), LEDGER.checkpoint(), proofFrom(seen));
            assertThat(followed.size()).isEqualTo(SIZE);
        }
    }

    @Test
    void attack_10_two_ledgers_of_one_size_are_a_fork() {
        SignedNote forked = LEDGER.log().sign(new Checkpoint(StaticLedger.ORIGIN, SIZE, Hash.leaf(new byte[0])));
        refused("LOG_FORKED", () -> Witnessing.follow(LEDGER.trust(), treeAt(SIZE), forked, List.of()));
    }

    @Test
    void attack_10_a_larger_ledger_that_does_not_contain_the_seen_one_is_refused() {
        Tree other = new Tree(7, Hash.leaf(new byte[0]));
        refused(
                "CONSISTENCY_INVALID",
                () -> Witnessing.follow(LEDGER.trust(), other, LEDGER.checkpoint(), proofFrom(7)));
    }

    @Test
    void attack_11_a_smaller_ledger_is_stale() {
        SignedNote smaller = LEDGER.log().sign(Checkpoint.of(StaticLedger.ORIGIN, treeAt(SIZE - 1)));
        refused("CHECKPOINT_STALE", () -> Witnessing.follow(LEDGER.trust(), treeAt(SIZE), smaller, List.of()));
    }

    @Test
    void a_checkpoint_that_the_ledger_did_not_sign_is_not_followed() {
        SignedNote foreign = newLog().sign(Checkpoint.of(StaticLedger.ORIGIN, treeAt(SIZE)));
        refused("LOG_KEY_INVALID", () -> Witnessing.follow(LEDGER.trust(), Tree.EMPTY, foreign, List.of()));
    }

    private List<Hash> proofFrom(int size) {
        return Proofs.consistency(size, SIZE, nodes);
    }

    private Tree treeAt(int size) {
        CompactRange range = CompactRange.EMPTY;
        for (int i = 0; i < size; i++) {
            range = range.append(nodes.node(0, i));
        }
        return range.tree();
    }
}
