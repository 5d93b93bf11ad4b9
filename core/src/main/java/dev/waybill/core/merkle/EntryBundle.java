package dev.waybill.core.merkle;

import dev.waybill.core.problem.Problem;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Entries in a file (C2SP tlog-tiles, "Log entries"): each with its length before it, two bytes, big-endian. */
public final class EntryBundle {
    /** What two bytes of length can say. Larger evidence is logged by its hash. */
    public static final int MAX_ENTRY_BYTES = 65_535;

    private EntryBundle() {}

    public static byte[] encode(List<byte[]> entries) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] entry : entries) {
            if (entry.length > MAX_ENTRY_BYTES) {
                throw new Problem.TooLarge(
                                "LEDGER_ENTRY_TOO_LARGE",
                                "Writing a ledger entry",
                                "it has " + entry.length + " bytes, the limit is " + MAX_ENTRY_BYTES + ".",
                                "Log a statement that names the content by digest.")
                        .exception();
            }
            out.write(entry.length >>> 8);
            out.write(entry.length);
            out.writeBytes(entry);
        }
        return out.toByteArray();
    }

    /** The entries; {@code ENTRY_BUNDLE_INVALID} unless there are exactly {@code width} and nothing after them. */
    public static List<byte[]> decode(byte[] bundle, int width) {
        List<byte[]> entries = new ArrayList<>(width);
        int at = 0;
        while (at + 2 <= bundle.length) {
            int length = (bundle[at] & 0xff) << 8 | (bundle[at + 1] & 0xff);
            at += 2;
            if (at + length > bundle.length) {
                throw invalid("the last entry is cut off.");
            }
            entries.add(Arrays.copyOfRange(bundle, at, at + length));
            at += length;
        }
        if (at != bundle.length || entries.size() != width) {
            throw invalid("it has " + entries.size() + " entries, not " + width + ", or bytes are left over.");
        }
        return entries;
    }

    private static RuntimeException invalid(String why) {
        return new Problem.Refused(
                        "ENTRY_BUNDLE_INVALID",
                        "Reading a bundle of ledger entries",
                        why,
                        "Run `waybill ledger verify`, which names the entries concerned.")
                .exception();
    }
}
