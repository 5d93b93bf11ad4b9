package dev.waybill.compare.codec;

import dev.waybill.compare.bytes.Bytes;
import dev.waybill.compare.form.Atom;
import dev.waybill.compare.form.Form;
import dev.waybill.compare.form.Format;
import dev.waybill.compare.form.Part;
import dev.waybill.compare.form.Place;
import dev.waybill.compare.form.Reading;
import java.io.IOException;
import java.util.stream.Collectors;

/** gzip, also of several members, such as bgzip writes. */
public final class GzipFormat implements Format {
    @Override
    public String name() {
        return "gzip";
    }

    @Override
    public boolean claims(Look look) {
        return look.head().length >= 18 && GzipHeader.starts(look.head());
    }

    @Override
    public boolean certain() {
        return true;
    }

    @Override
    public Form read(Bytes bytes, Place place, Reading reading) throws IOException {
        GzipMembers.Result result = GzipMembers.unpack(bytes, reading.scratch());
        Form.Builder form = Form.builder("gzip");
        Packed.content(
                form,
                place,
                ".gz",
                new Unpacked(
                        result.content(),
                        scratch -> GzipMembers.unpack(bytes, scratch).content()));
        String facts =
                result.headers().stream().map(GzipHeader::facts).distinct().collect(Collectors.joining("; "));
        form.add(Part.droppable("header", facts, CodecRules.HEADER));
        for (GzipHeader header : result.headers()) {
            if (header.comment().length > 0) {
                form.add(Part.droppable("comment", Atom.of(header.comment()), CodecRules.COMMENT));
            }
            if (header.extra().length > 0 && !isBlockSize(header.extra())) {
                form.add(Part.of("extra field", Atom.of(header.extra()), CodecRules.EXTRA));
            }
        }
        Packed.residue(form, bytes.slice(0, result.end()));
        Packed.trailing(form, bytes.slice(result.end(), bytes.size() - result.end()));
        return form.build();
    }

    /** bgzip notes the length of each block (SAM specification, 4.1). */
    private static boolean isBlockSize(byte[] extra) {
        return extra.length == 6 && extra[0] == 'B' && extra[1] == 'C' && extra[2] == 2 && extra[3] == 0;
    }
}
