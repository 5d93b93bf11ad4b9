package dev.waybill.core.text;

import java.util.Locale;

/** Sizes as people read them: decimal units, as disks are sold and df -H counts. */
public final class Bytes {
    private static final String[] UNITS = {"kB", "MB", "GB", "TB", "PB", "EB"};

    private Bytes() {}

    /** {@code 0 B}, {@code 999 B}, {@code 1.2 kB}, {@code 54 MB}: two digits that count, at most three before the point. */
    public static String of(long bytes) {
        if (bytes < 1000) {
            return bytes + " B";
        }
        double amount = bytes;
        int unit = -1;
        while (amount >= 999.5 && unit < UNITS.length - 1) {
            amount /= 1000;
            unit++;
        }
        return String.format(Locale.ROOT, amount < 9.95 ? "%.1f %s" : "%.0f %s", amount, UNITS[unit]);
    }
}
