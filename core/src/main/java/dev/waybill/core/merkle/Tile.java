package dev.waybill.core.merkle;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A tile of hashes or a bundle of entries (C2SP tlog-tiles, "Merkle Tree", "Log entries"): up to 256 of them in one file
 * that never changes.
 *
 * @param level 0 to 7 for hashes, {@link #ENTRIES} for a bundle of entries
 * @param index which one of its level
 * @param width how many are inside; 256 is full, less is partial
 */
public record Tile(int level, long index, int width) {
    public static final int ENTRIES = -1;
    public static final int FULL = 256;

    /** Eight levels of 256 hold more leaves than a long counts. */
    static final int LEVELS = 8;

    public Tile {
        if (level < ENTRIES || level >= LEVELS || index < 0 || width < 1 || width > FULL) {
            throw new IllegalArgumentException("No such tile: " + level + "/" + index + " of " + width);
        }
    }

    /** The tile that holds item {@code position} of the level in a log of {@code size} entries, as wide as it is then. */
    public static Tile holding(int level, long position, long size) {
        long items = itemsAt(level, size);
        long index = position / FULL;
        return new Tile(level, index, (int) Math.min(FULL, items - index * FULL));
    }

    /** How many hashes a level has: each full tile gives one hash to the next level, a partial one none. */
    static long itemsAt(int level, long size) {
        return level == ENTRIES ? size : size >> (8 * level);
    }

    public boolean isFull() {
        return width == FULL;
    }

    /** {@code tile/<level>/<index>[.p/<width>]}, index in groups of three digits, all but the last after an {@code x}. */
    public String path() {
        Deque<String> groups = new ArrayDeque<>();
        long rest = index;
        groups.push(group(rest));
        for (rest /= 1000; rest > 0; rest /= 1000) {
            groups.push("x" + group(rest));
        }
        return "tile/" + (level == ENTRIES ? "entries" : Integer.toString(level)) + "/" + String.join("/", groups)
                + (isFull() ? "" : ".p/" + width);
    }

    private static String group(long number) {
        String digits = Long.toString(number % 1000);
        return "0".repeat(3 - digits.length()) + digits;
    }
}
