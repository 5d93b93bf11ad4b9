package dev.waybill.core.merkle;

import dev.waybill.core.problem.Problem;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The roots of the complete subtrees that make up the first {@code size} leaves, largest first: one per bit of the size.
 * All that is needed to append leaves and to know the root. A value; {@link #append} gives a new one.
 */
public record CompactRange(long size, List<Hash> hashes) {
    public static final CompactRange EMPTY = new CompactRange(0, List.of());

    public CompactRange {
        hashes = List.copyOf(hashes);
        if (size < 0 || hashes.size() != Long.bitCount(size)) {
            throw malformed("a range over " + size + " leaves does not have " + hashes.size() + " hashes.");
        }
    }

    public CompactRange append(Hash leaf) {
        return append(List.of(leaf));
    }

    public CompactRange append(List<Hash> leaves) {
        List<Hash> stack = new ArrayList<>(hashes);
        long grown = size;
        for (Hash leaf : leaves) {
            Hash top = leaf;
            for (long rest = grown; (rest & 1) == 1; rest >>= 1) {
                top = Hash.node(stack.removeLast(), top);
            }
            stack.add(top);
            grown++;
        }
        return new CompactRange(grown, stack);
    }

    public Hash root() {
        if (hashes.isEmpty()) {
            return Hash.EMPTY;
        }
        Hash root = hashes.getLast();
        for (int i = hashes.size() - 2; i >= 0; i--) {
            root = Hash.node(hashes.get(i), root);
        }
        return root;
    }

    public Tree tree() {
        return new Tree(size, root());
    }

    /** Eight bytes of size, big-endian, then the hashes. */
    public byte[] serialise() {
        ByteBuffer out = ByteBuffer.allocate(Long.BYTES + hashes.size() * Hash.BYTES);
        out.putLong(size);
        hashes.forEach(hash -> out.put(hash.bytes()));
        return out.array();
    }

    public static CompactRange parse(byte[] bytes) {
        if (bytes.length < Long.BYTES || (bytes.length - Long.BYTES) % Hash.BYTES != 0) {
            throw malformed(bytes.length + " bytes are no range.");
        }
        List<Hash> hashes = new ArrayList<>();
        for (int at = Long.BYTES; at < bytes.length; at += Hash.BYTES) {
            hashes.add(Hash.at(bytes, at));
        }
        return new CompactRange(ByteBuffer.wrap(bytes).getLong(), hashes);
    }

    private static RuntimeException malformed(String why) {
        return new Problem.Malformed(
                        "COMPACT_RANGE_INVALID",
                        "Reading the compact range of the ledger",
                        why,
                        "Derive the range again from the entries.")
                .exception();
    }
}
