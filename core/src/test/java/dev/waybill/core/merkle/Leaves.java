package dev.waybill.core.merkle;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Made-up leaves, and the nodes over them the slow and obvious way. */
final class Leaves {
    private Leaves() {}

    static List<Hash> random(Random random, int count) {
        List<Hash> leaves = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] bytes = new byte[Hash.BYTES];
            random.nextBytes(bytes);
            leaves.add(Hash.of(bytes));
        }
        return leaves;
    }

    static Nodes nodes(List<Hash> leaves) {
        return new Nodes() {
            @Override
            public Hash node(int level, long index) {
                return level == 0
                        ? leaves.get((int) index)
                        : Hash.node(node(level - 1, 2 * index), node(level - 1, 2 * index + 1));
            }
        };
    }

    static Tree tree(List<Hash> leaves, int size) {
        return new Tree(size, Proofs.root(size, nodes(leaves)));
    }
}
