package dev.waybill.compare.bytes;

/**
 * How much of two artifacts is read, so that a hostile one ends in a sentence and not in a full disk.
 *
 * @param members members of containers in all, nested ones included, of each artifact's every reading
 * @param bytes bytes that decompressors may give in all
 * @param ratio bytes that may come out of each packed byte, once {@value #FREE} bytes have come
 * @param depth containers in containers
 * @param findings that are listed; more are counted
 */
public record Bounds(long members, long bytes, int ratio, int depth, int findings) {
    static final long FREE = 16L * 1024 * 1024;

    /** Enough for large images; a bomb ends after seconds. */
    public static final Bounds DEFAULT = new Bounds(4_000_000, 64L << 30, 1100, 32, 20_000);

    public Bounds {
        if (members < 1 || bytes < 1 || ratio < 1 || depth < 1 || depth > 100 || findings < 1) {
            throw new IllegalArgumentException("Bounds are positive, and depth is at most 100");
        }
    }
}
