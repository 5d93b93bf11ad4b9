package dev.waybill.compare.walk;

import dev.waybill.compare.bytes.Bytes;
import dev.waybill.compare.form.Form;
import dev.waybill.compare.form.Reading;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The containers around what is being compared, on both sides, for texts that name the hashes of files beside them. */
final class Frames {
    private static final int TEXT = 4 * 1024 * 1024;

    private final Reading reading;
    private final List<Siblings> first = new ArrayList<>();
    private final List<Siblings> second = new ArrayList<>();

    Frames(Reading reading) {
        this.reading = reading;
    }

    void enter(Form a, Form b) {
        first.add(new Siblings(a, reading.scratch()));
        second.add(new Siblings(b, reading.scratch()));
    }

    void leave() {
        first.removeLast();
        second.removeLast();
    }

    boolean equalUnderReferences(Bytes a, Bytes b) throws IOException {
        if (a.size() > TEXT || b.size() > TEXT) {
            return false;
        }
        String left = text(a);
        String right = text(b);
        if (!Siblings.mayNameHashes(left) || !Siblings.mayNameHashes(right)) {
            return false;
        }
        return resolved(left, first).equals(resolved(right, second));
    }

    /** The text of one side with hashes replaced by the names of their files. */
    String resolvedFirst(Bytes bytes) throws IOException {
        return resolved(text(bytes), first);
    }

    String resolvedSecond(Bytes bytes) throws IOException {
        return resolved(text(bytes), second);
    }

    private static String resolved(String text, List<Siblings> around) throws IOException {
        String resolved = text;
        for (Siblings siblings : around) {
            resolved = siblings.resolve(resolved);
        }
        return resolved;
    }

    /** One character for each byte, so that no two different byte sequences become one text. */
    private static String text(Bytes bytes) throws IOException {
        return new String(bytes.whole(TEXT), StandardCharsets.ISO_8859_1);
    }
}
