package dev.waybill.core.merkle;

/** Hashes side by side. */
final class TileBytes {
    private TileBytes() {}

    /** The root over {@code count} (a power of two) hashes from {@code first} on. */
    static Hash subtree(byte[] tile, int first, int count) {
        if (count == 1) {
            return Hash.at(tile, first * Hash.BYTES);
        }
        int half = count / 2;
        return Hash.node(subtree(tile, first, half), subtree(tile, first + half, half));
    }
}
