package dev.waybill.server.distribution;

import dev.waybill.core.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A Range header (RFC 9110, section 14), resolved against a length. */
final class ByteRanges {
    /** Partial pulls of zstd:chunked layers ask for hundreds at once. */
    private static final int MOST = 2000;

    private static final Pattern ONE = Pattern.compile("([0-9]{0,18})-([0-9]{0,18})");

    /** From {@code first} to {@code last}, both in it. */
    record Part(long first, long last) {
        long length() {
            return last - first + 1;
        }

        String contentRange(long size) {
            return "bytes " + first + "-" + last + "/" + size;
        }
    }

    private ByteRanges() {}

    /** Empty when the whole is asked for or the unit is unknown; {@code RANGE_INVALID} when nothing asked for exists. */
    static Optional<List<Part>> parse(@Nullable String header, long size) {
        if (header == null || !header.startsWith("bytes=")) {
            return Optional.empty();
        }
        String[] specs = header.substring("bytes=".length()).split(",", MOST + 1);
        if (specs.length > MOST) {
            throw unsatisfiable("more than " + MOST + " ranges were asked for.");
        }
        List<Part> parts = new ArrayList<>();
        long total = 0;
        for (String spec : specs) {
            Optional<Part> part = part(spec.strip(), size);
            if (part.isPresent()) {
                parts.add(part.get());
                total += part.get().length();
            }
        }
        if (parts.isEmpty()) {
            throw unsatisfiable("it has " + size + " bytes.");
        }
        // Overlapping ranges would let a small request make a large answer (RFC 9110, 17.15).
        if (parts.size() > 1 && total > size) {
            throw unsatisfiable("together the ranges are longer than the whole.");
        }
        return Optional.of(List.copyOf(parts));
    }

    /** Empty when this one does not exist. */
    private static Optional<Part> part(String spec, long size) {
        Matcher m = ONE.matcher(spec);
        if (!m.matches() || spec.equals("-")) {
            throw unsatisfiable("'" + (spec.length() > 40 ? spec.substring(0, 40) : spec) + "' is no range.");
        }
        if (m.group(1).isEmpty()) {
            long suffix = Math.min(size, Long.parseLong(m.group(2)));
            return suffix == 0 ? Optional.empty() : Optional.of(new Part(size - suffix, size - 1));
        }
        long first = Long.parseLong(m.group(1));
        long last = m.group(2).isEmpty() ? size - 1 : Math.min(size - 1, Long.parseLong(m.group(2)));
        return first > last ? Optional.empty() : Optional.of(new Part(first, last));
    }

    private static RuntimeException unsatisfiable(String what) {
        return new Problem.Malformed(
                        "RANGE_INVALID",
                        "Reading a part of a blob",
                        what,
                        "Ask for bytes that exist, or for the whole.")
                .exception();
    }
}
