package dev.waybill.compare.image;

import dev.waybill.compare.bytes.Bytes;
import dev.waybill.compare.form.Content;
import dev.waybill.compare.form.Form;
import dev.waybill.compare.form.Lazy;
import dev.waybill.compare.form.Part;
import dev.waybill.compare.form.Place;
import dev.waybill.compare.form.Reading;
import dev.waybill.compare.tar.Archive;
import dev.waybill.compare.tar.Member;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The files of one layer, in the order in which they stand. Its bytes stay until the comparison ends. */
record Layer(List<Member> members) {
    static Layer read(Content blob, Reading reading) throws IOException {
        Bytes bytes = blob.open(reading.scratch());
        return new Layer(
                Archive.read(unpacked(bytes, reading), reading.budget()).members());
    }

    private static Bytes unpacked(Bytes bytes, Reading reading) throws IOException {
        byte[] head = bytes.head(4);
        boolean tar = head.length > 0 && (head[0] & 0xff) != 0x1f && head[0] != 0x28;
        if (tar) {
            return bytes;
        }
        Optional<Form> packed = reading.form(bytes, Place.of("layer"));
        Part content = packed.isEmpty() ? null : packed.get().parts().get(Lazy.CONTENT);
        return content != null && content.value() instanceof Content inner ? inner.open(reading.scratch()) : bytes;
    }

    /** Whether it carries an operating system: then it is a base, and what lies on it is the application. */
    boolean isSystem() {
        return members.stream()
                .map(Member::path)
                .anyMatch(path -> path.equals("etc/os-release")
                        || path.equals("usr/lib/os-release")
                        || path.equals("var/lib/dpkg/status")
                        || path.equals("lib/apk/db/installed"));
    }
}
