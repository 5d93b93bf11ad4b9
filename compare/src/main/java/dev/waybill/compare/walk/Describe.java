package dev.waybill.compare.walk;

import dev.waybill.compare.bytes.Bytes;
import dev.waybill.compare.form.Atom;
import dev.waybill.compare.form.Content;
import dev.waybill.compare.form.Form;
import dev.waybill.compare.form.Lazy;
import dev.waybill.compare.form.Part;
import dev.waybill.compare.form.Value;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What stands there, short enough to be read. */
final class Describe {
    private static final int LONGEST = 400;
    private static final int TEXT = 4 * 1024 * 1024;

    /** Two descriptions that differ, and what else is known. */
    record Difference(String before, String after, String note) {}

    private Describe() {}

    static @Nullable String part(@Nullable Part part) {
        return part == null ? null : value(part.value());
    }

    static @Nullable String value(Value value) {
        return switch (value) {
            case Value.Absent absent -> null;
            case Atom atom -> shorten(atom.text());
            case Form form -> form.kind();
            case Content content -> "";
            case Lazy lazy -> "";
        };
    }

    /** Of long texts the lines that differ. */
    static Difference atoms(Atom a, Atom b) {
        boolean several = a.text().indexOf('\n') >= 0 || b.text().indexOf('\n') >= 0;
        return several
                ? lines(a.text().lines().toList(), b.text().lines().toList())
                : new Difference(shorten(a.text()), shorten(b.text()), "");
    }

    /** Bytes that no format reads. */
    static Difference plain(Bytes a, Bytes b) throws IOException {
        Optional<List<String>> left = lines(a);
        Optional<List<String>> right = lines(b);
        if (left.isPresent() && right.isPresent()) {
            return lines(left.get(), right.get());
        }
        long at = Bytes.mismatch(a, b);
        return new Difference(
                a.size() + " bytes", b.size() + " bytes", "First differ at byte " + at + around(a, b, at));
    }

    private static String around(Bytes a, Bytes b, long at) throws IOException {
        return ": " + hex(a, at) + " became " + hex(b, at) + ".";
    }

    private static String hex(Bytes bytes, long at) throws IOException {
        int count = (int) Math.min(8, bytes.size() - at);
        return count <= 0 ? "the end" : HexFormat.ofDelimiter(" ").formatHex(bytes.take(at, count));
    }

    private static Difference lines(List<String> a, List<String> b) {
        int same = 0;
        while (same < a.size() && same < b.size() && a.get(same).equals(b.get(same))) {
            same++;
        }
        int tail = 0;
        while (tail < a.size() - same
                && tail < b.size() - same
                && a.get(a.size() - 1 - tail).equals(b.get(b.size() - 1 - tail))) {
            tail++;
        }
        if (same == a.size() && same == b.size()) {
            return new Difference(
                    "other ends of lines", "other ends of lines", "The lines are the same, their ends differ.");
        }
        int changed = Math.max(a.size(), b.size()) - same - tail;
        return new Difference(
                line(a, same, a.size() - tail),
                line(b, same, b.size() - tail),
                changed == 1 ? "" : "Between the first and the last difference lie " + changed + " lines.");
    }

    private static String line(List<String> lines, int at, int end) {
        return at < end ? "line " + (at + 1) + " '" + shorten(lines.get(at)) + "'" : "no line " + (at + 1);
    }

    private static Optional<List<String>> lines(Bytes bytes) throws IOException {
        if (bytes.size() > TEXT) {
            return Optional.empty();
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.whole(TEXT)))
                    .toString();
            return text.indexOf('\0') >= 0
                    ? Optional.empty()
                    : Optional.of(text.lines().toList());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    static String shorten(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 20) + "... (" + text.length() + " in all)";
    }
}
