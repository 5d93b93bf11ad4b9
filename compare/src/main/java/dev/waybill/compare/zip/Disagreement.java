package dev.waybill.compare.zip;

import dev.waybill.compare.form.Atom;
import java.util.Arrays;

/** Where an entry's own header says something else than the directory. Two readers then see two different archives. */
final class Disagreement {
    private static final int DESCRIPTOR = 8;

    private Disagreement() {}

    /** Empty when they agree. */
    static String of(Entry entry) {
        StringBuilder text = new StringBuilder();
        if (!Arrays.equals(entry.name(), entry.localName())) {
            text.append("name ").append(Atom.of(entry.localName()).text()).append("; ");
        }
        if (Field.u16(entry.local(), 8) != entry.method()) {
            text.append("method ").append(Field.u16(entry.local(), 8)).append("; ");
        }
        boolean streamed = (entry.localFlags() & DESCRIPTOR) != 0;
        if (streamed && entry.descriptor().length == 0) {
            text.append("no descriptor; ");
        }
        number(text, "crc", Field.u32(entry.local(), 14), new Expected(entry.crc(), streamed));
        number(
                text,
                "packed size",
                Field.u32(entry.local(), 18),
                new Expected(entry.sizes().packed(), streamed));
        number(
                text,
                "size",
                Field.u32(entry.local(), 22),
                new Expected(entry.sizes().unpacked(), streamed));
        return text.toString();
    }

    private record Expected(long value, boolean streamed) {}

    private static void number(StringBuilder text, String what, long said, Expected expected) {
        boolean large = said == 0xffffffffL && !what.equals("crc");
        boolean later = expected.streamed() && said == 0;
        if (said != expected.value() && !large && !later) {
            text.append(what).append(' ').append(said).append("; ");
        }
    }
}
