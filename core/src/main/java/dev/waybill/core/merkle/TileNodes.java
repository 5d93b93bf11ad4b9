package dev.waybill.core.merkle;

import dev.waybill.core.problem.Problem;
import java.util.HashMap;
import java.util.Map;

/**
 * The nodes of a log of {@code size} entries read from its tiles, each tile once. Not for sharing between threads. The
 * hashes are as trustworthy as their source: check what is made from them against a signed root.
 */
public final class TileNodes implements Nodes {
    private final long size;
    private final TileSource source;
    private final Map<Tile, byte[]> read = new HashMap<>();

    public TileNodes(long size, TileSource source) {
        this.size = size;
        this.source = source;
    }

    @Override
    public Hash node(int level, long index) {
        int tileLevel = level / 8;
        int height = level % 8;
        long first = index << height;
        byte[] tile = tile(Tile.holding(tileLevel, first, size));
        return TileBytes.subtree(tile, (int) (first % Tile.FULL), 1 << height);
    }

    private byte[] tile(Tile tile) {
        byte[] bytes = read.computeIfAbsent(tile, source::bytes);
        if (bytes.length != tile.width() * Hash.BYTES) {
            throw new Problem.Refused(
                            "TILE_INVALID",
                            "Reading " + tile.path() + " of the ledger",
                            "it has " + bytes.length + " bytes, not " + tile.width() * Hash.BYTES + ".",
                            "Run `waybill ledger verify`, which derives tiles again from the entries.")
                    .exception();
        }
        return bytes;
    }
}
