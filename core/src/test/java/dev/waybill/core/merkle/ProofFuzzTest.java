package dev.waybill.core.merkle;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.waybill.core.problem.Promise;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Any bytes as the name of a tile, as a bundle of entries, and as a proof. A proof of noise never shows that two different
 * leaves, or two different trees, are the same.
 */
class ProofFuzzTest {
    @FuzzTest
    void tile(byte[] input) throws Exception {
        Promise.hold(() -> {
            String name = new String(input, StandardCharsets.UTF_8);
            Optional<Tile> tile = Tile.named(name);
            assertThat(tile.map(Tile::path).orElse("tile/" + name)).isEqualTo("tile/" + name);
        });
        Promise.hold(() -> {
            int width = input.length == 0 ? 1 : 1 + (input[0] & 0xff);
            List<byte[]> entries = EntryBundle.decode(input, width);
            assertThat(entries).hasSize(width);
            assertThat(EntryBundle.encode(entries)).isEqualTo(input);
        });
        Promise.hold(() -> Hash.parse(new String(input, StandardCharsets.ISO_8859_1)));
        if (input.length >= 2 * Long.BYTES) {
            ByteBuffer numbers = ByteBuffer.wrap(input);
            Promise.hold(() -> included(numbers.getLong(0), numbers.getLong(Long.BYTES), path(input)));
            Promise.hold(() -> grown(numbers.getLong(0), numbers.getLong(Long.BYTES), path(input)));
        }
    }

    private static List<Hash> path(byte[] input) {
        List<Hash> path = new ArrayList<>();
        for (int at = 2 * Long.BYTES; at + Hash.BYTES <= input.length; at += Hash.BYTES) {
            path.add(Hash.at(input, at));
        }
        return path;
    }

    private static void included(long index, long size, List<Hash> path) {
        Hash root = Proofs.rootFromInclusion(index, size, Hash.EMPTY, path);
        Proofs.checkInclusion(index, Hash.EMPTY, path, new Tree(size, root));
        assertThat(Proofs.rootFromInclusion(index, size, Hash.leaf(new byte[0]), path))
                .isNotEqualTo(root);
    }

    private static void grown(long from, long to, List<Hash> path) {
        Tree earlier = new Tree(from, Hash.EMPTY);
        Tree later = new Tree(to, Hash.leaf(new byte[0]));
        Proofs.checkConsistency(earlier, later, path);
        assertThat(from).as("a proof of noise shows growth from nothing only").isZero();
    }
}
