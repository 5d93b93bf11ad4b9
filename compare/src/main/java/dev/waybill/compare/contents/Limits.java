package dev.waybill.compare.contents;

/**
 * How much of an archive is read.
 *
 * @param entries files in all, nested ones included
 * @param bytes unpacked bytes in all; a nested archive counts as packed and as unpacked
 * @param ratio unpacked bytes for each packed byte, once {@value #FREE_BYTES} bytes are unpacked
 * @param depth archives inside the outer archive that are opened: 0 none, 1 a jar in a jar
 */
public record Limits(int entries, long bytes, int ratio, int depth) {
    static final long FREE_BYTES = 16L * 1024 * 1024;

    /** Enough for a large image layer; a bomb ends after a few seconds. */
    public static final Limits DEFAULT = new Limits(200_000, 8L * 1024 * 1024 * 1024, 250, 1);

    public Limits {
        if (entries < 1 || bytes < 1 || ratio < 1 || depth < 0 || depth > 4) {
            throw new IllegalArgumentException("Limits are positive, and depth is at most 4");
        }
    }
}
