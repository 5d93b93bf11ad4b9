package dev.waybill.compare.codec;

import dev.waybill.compare.bytes.Bytes;
import dev.waybill.compare.form.Atom;
import dev.waybill.compare.form.Content;
import dev.waybill.compare.form.Form;
import dev.waybill.compare.form.Lazy;
import dev.waybill.compare.form.Part;
import dev.waybill.compare.form.Place;
import java.io.IOException;

/** What forms of compressed streams have in common. */
final class Packed {
    private Packed() {}

    static void trailing(Form.Builder form, Bytes rest) throws IOException {
        if (rest.size() == 0) {
            return;
        }
        if (rest.size() <= 1024 * 1024 && isZero(rest.whole(1024 * 1024))) {
            form.add(Part.droppable("padding", Atom.of(rest.size()), CodecRules.PADDING));
        } else {
            form.add(Part.of("after the stream", Atom.hash(rest), CodecRules.TRAILING));
        }
    }

    static void residue(Form.Builder form, Bytes packed) throws IOException {
        form.add(Part.droppable("compression", Atom.hash(packed), CodecRules.COMPRESSION));
    }

    static void content(Form.Builder form, Place place, String suffix, Content.Opening opening) {
        String file = place.name();
        String name = file;
        if (file.endsWith(".tgz") || file.endsWith(".tbz2") || file.endsWith(".txz")) {
            name = file.substring(0, file.lastIndexOf('.')) + ".tar";
        } else if (file.endsWith(suffix)) {
            name = file.substring(0, file.length() - suffix.length());
        }
        form.add(Part.of(Lazy.CONTENT, new Content(place.named(name), "", opening)));
    }

    private static boolean isZero(byte[] bytes) {
        for (byte b : bytes) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }
}
