package dev.waybill.core.merkle;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The files that a growth of the log creates (C2SP tlog-tiles): entry bundles first, then tiles from the leaves upwards,
 * so that a crash in between leaves no tile whose entries are missing. Deriving it again gives the same bytes.
 *
 * @param files what to write, in this order; full tiles and the partial ones at the new size, none in between
 */
public record Growth(long from, long to, Map<Tile, byte[]> files) {

    /** @param existing the tiles and bundles of the log at size {@code from}; asked only for its partial ones */
    public static Growth of(long from, List<byte[]> entries, TileSource existing) {
        Map<Tile, byte[]> files = new LinkedHashMap<>();
        long to = from + entries.size();
        addBundles(from, entries, existing, files);
        List<Hash> hashes = entries.stream().map(Hash::leaf).toList();
        for (int level = 0; level < Tile.LEVELS && !hashes.isEmpty(); level++) {
            hashes = addTiles(new Step(level, from, to), hashes, existing, files);
        }
        return new Growth(from, to, files);
    }

    /** The tiles (and bundles) that exist at {@code to} and did not at {@code from}, without their bytes. */
    public static List<Tile> between(long from, long to) {
        List<Tile> tiles = new ArrayList<>();
        for (int level = Tile.ENTRIES; level < Tile.LEVELS; level++) {
            long before = Tile.itemsAt(level, from);
            long after = Tile.itemsAt(level, to);
            for (long at = before; at < after; at = (at / Tile.FULL + 1) * Tile.FULL) {
                tiles.add(Tile.holding(level, at, to));
            }
        }
        return tiles;
    }

    private record Step(int level, long from, long to) {
        long before() {
            return Tile.itemsAt(level, from);
        }
    }

    private static void addBundles(long from, List<byte[]> entries, TileSource existing, Map<Tile, byte[]> files) {
        long to = from + entries.size();
        for (long at = from; at < to; ) {
            Tile tile = Tile.holding(Tile.ENTRIES, at, to);
            long end = tile.index() * Tile.FULL + tile.width();
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.writeBytes(head(Tile.ENTRIES, at, from, existing));
            out.writeBytes(EntryBundle.encode(entries.subList((int) (at - from), (int) (end - from))));
            files.put(tile, out.toByteArray());
            at = end;
        }
    }

    /** Adds the tiles of one level and gives the new hashes of the next. */
    private static List<Hash> addTiles(Step step, List<Hash> hashes, TileSource existing, Map<Tile, byte[]> files) {
        List<Hash> above = new ArrayList<>();
        long before = step.before();
        long after = before + hashes.size();
        for (long at = before; at < after; ) {
            Tile tile = Tile.holding(step.level(), at, step.to());
            long end = tile.index() * Tile.FULL + tile.width();
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.writeBytes(head(step.level(), at, step.from(), existing));
            hashes.subList((int) (at - before), (int) (end - before)).forEach(hash -> out.writeBytes(hash.bytes()));
            byte[] bytes = out.toByteArray();
            files.put(tile, bytes);
            if (tile.isFull()) {
                above.add(TileBytes.subtree(bytes, 0, Tile.FULL));
            }
            at = end;
        }
        return above;
    }

    /** What already stands in the tile that continues at {@code at}. */
    private static byte[] head(int level, long at, long from, TileSource existing) {
        return at % Tile.FULL == 0 ? new byte[0] : existing.bytes(Tile.holding(level, at - 1, from));
    }

    /** A source that knows these files and asks {@code older} for all others. */
    public TileSource over(TileSource older) {
        Map<Tile, byte[]> mine = new HashMap<>(files);
        return tile -> {
            byte[] bytes = mine.get(tile);
            return bytes == null ? older.bytes(tile) : Arrays.copyOf(bytes, bytes.length);
        };
    }
}
