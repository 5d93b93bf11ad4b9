package dev.waybill.core.merkle;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

    private static final Pattern NAME =
            Pattern.compile("(entries|[0-7])/((?:x[0-9]{3}/){0,5}[0-9]{3})(?:\\.p/([1-9][0-9]{0,2}))?");

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

    /** The tile of this name below {@code tile/}: exactly the form that {@link #path} writes, for one tile has one name. */
    public static Optional<Tile> named(String name) {
        Matcher matcher = NAME.matcher(name);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int level = matcher.group(1).equals("entries") ? ENTRIES : Integer.parseInt(matcher.group(1));
        int width = matcher.group(3) == null ? FULL : Integer.parseInt(matcher.group(3));
        long index = Long.parseLong(matcher.group(2).replaceAll("[x/]", ""));
        return width > FULL
                ? Optional.empty()
                : Optional.of(new Tile(level, index, width))
                        .filter(tile -> tile.path().equals("tile/" + name));
    }

    /** The last item of its level that is inside, counted from 1: a log is at least so long, in items of this level. */
    public long end() {
        return index * FULL + width;
    }

    private static String group(long number) {
        String digits = Long.toString(number % 1000);
        return "0".repeat(3 - digits.length()) + digits;
    }
}
