package dev.waybill.core.merkle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.core.problem.ProblemException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ProofsTest {
    private static final HexFormat HEX = HexFormat.of();

    /** The eight entries of the certificate-transparency reference tests, with the roots of their first 1 to 8. */
    private static final List<String> ENTRIES =
            List.of("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f");

    private static final List<String> ROOTS = List.of(
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

    @Test
    void the_empty_tree_and_the_reference_trees_have_their_known_roots() {
        assertThat(HEX.formatHex(Hash.EMPTY.bytes()))
                .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        List<Hash> leaves = ENTRIES.stream().map(HEX::parseHex).map(Hash::leaf).toList();
        CompactRange range = CompactRange.EMPTY;
        for (int i = 0; i < leaves.size(); i++) {
            range = range.append(leaves.get(i));
            assertThat(HEX.formatHex(range.root().bytes())).isEqualTo(ROOTS.get(i));
            assertThat(Proofs.root(i + 1, Leaves.nodes(leaves))).isEqualTo(range.root());
        }
    }

    @Test
    void every_inclusion_proof_of_every_small_tree_leads_to_its_root() {
        List<Hash> leaves = Leaves.random(new Random(1), 70);
        for (int size = 1; size <= leaves.size(); size++) {
            Hash root = Proofs.root(size, Leaves.nodes(leaves));
            for (int index = 0; index < size; index++) {
                List<Hash> path = Proofs.inclusion(index, size, Leaves.nodes(leaves));
                assertThat(Proofs.rootFromInclusion(index, size, leaves.get(index), path))
                        .isEqualTo(root);
            }
        }
    }

    @Test
    void an_inclusion_proof_fits_no_other_index_size_leaf_or_length() {
        Random random = new Random(2);
        for (int round = 0; round < 300; round++) {
            int size = 2 + random.nextInt(500);
            List<Hash> leaves = Leaves.random(random, size);
            int index = random.nextInt(size);
            Tree tree = new Tree(size, Proofs.root(size, Leaves.nodes(leaves)));
            List<Hash> path = Proofs.inclusion(index, size, Leaves.nodes(leaves));
            Proofs.checkInclusion(index, leaves.get(index), path, tree);

            refused(() -> Proofs.checkInclusion((index + 1) % size, leaves.get(index), path, tree));
            refused(() -> Proofs.checkInclusion(index, leaves.get((index + 1) % size), path, tree));
            refused(() -> Proofs.checkInclusion(-1, leaves.get(index), path, tree));
            refused(() -> Proofs.checkInclusion(size, leaves.get(index), path, tree));
            refused(() -> Proofs.checkInclusion(index, leaves.get(index), path.subList(1, path.size()), tree));
            List<Hash> longer = new ArrayList<>(path);
            longer.add(leaves.get(0));
            refused(() -> Proofs.checkInclusion(index, leaves.get(index), longer, tree));
            List<Hash> other = new ArrayList<>(path);
            other.set(random.nextInt(path.size()), Leaves.random(random, 1).getFirst());
            refused(() -> Proofs.checkInclusion(index, leaves.get(index), other, tree));
        }
    }

    @Test
    void every_consistency_proof_of_every_small_tree_holds() {
        List<Hash> leaves = Leaves.random(new Random(3), 70);
        for (int to = 0; to <= leaves.size(); to++) {
            for (int from = 0; from <= to; from++) {
                List<Hash> path = Proofs.consistency(from, to, Leaves.nodes(leaves));
                Proofs.checkConsistency(Leaves.tree(leaves, from), Leaves.tree(leaves, to), path);
            }
        }
    }

    @Test
    void a_tree_with_one_earlier_leaf_changed_is_not_consistent() {
        Random random = new Random(4);
        for (int round = 0; round < 300; round++) {
            int to = 2 + random.nextInt(500);
            int from = 1 + random.nextInt(to - 1);
            List<Hash> leaves = Leaves.random(random, to);
            List<Hash> forked = new ArrayList<>(leaves);
            forked.set(random.nextInt(from), Leaves.random(random, 1).getFirst());
            Tree earlier = Leaves.tree(leaves, from);
            List<Hash> path = Proofs.consistency(from, to, Leaves.nodes(forked));
            inconsistent(() -> Proofs.checkConsistency(earlier, Leaves.tree(forked, to), path));
            inconsistent(() -> Proofs.checkConsistency(Leaves.tree(leaves, to), earlier, List.of()));
            inconsistent(() -> Proofs.checkConsistency(earlier, Leaves.tree(leaves, to), List.of()));
            inconsistent(() -> Proofs.checkConsistency(earlier, Leaves.tree(forked, from), List.of()));
        }
    }

    @Test
    void a_compact_range_survives_being_stored() {
        CompactRange range = CompactRange.EMPTY.append(Leaves.random(new Random(5), 300));
        assertThat(CompactRange.parse(range.serialise())).isEqualTo(range);
        byte[] cut = java.util.Arrays.copyOf(range.serialise(), 40);
        assertThatThrownBy(() -> CompactRange.parse(cut)).hasMessageStartingWith("COMPACT_RANGE_INVALID");
    }

    private static void refused(Runnable check) {
        assertThatThrownBy(check::run).isInstanceOf(ProblemException.class).hasMessageStartingWith("INCLUSION_INVALID");
    }

    private static void inconsistent(Runnable check) {
        assertThatThrownBy(check::run)
                .isInstanceOf(ProblemException.class)
                .hasMessageStartingWith("CONSISTENCY_INVALID");
    }
}
