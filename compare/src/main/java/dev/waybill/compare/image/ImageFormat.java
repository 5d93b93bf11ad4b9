package dev.waybill.compare.image;

import dev.waybill.compare.bytes.Bytes;
import dev.waybill.compare.bytes.Unreadable;
import dev.waybill.compare.form.Atom;
import dev.waybill.compare.form.Content;
import dev.waybill.compare.form.Form;
import dev.waybill.compare.form.Format;
import dev.waybill.compare.form.Place;
import dev.waybill.compare.form.Reading;
import dev.waybill.compare.tar.Archive;
import dev.waybill.compare.tar.Member;
import dev.waybill.compare.tar.TarFormat;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/** A tar that holds an image. Any other tar is left to the next format. */
public final class ImageFormat implements Format {
    private final TarFormat tar = new TarFormat();

    @Override
    public String name() {
        return "image";
    }

    @Override
    public boolean claims(Look look) {
        return tar.claims(look);
    }

    @Override
    public boolean certain() {
        return false;
    }

    @Override
    public Form read(Bytes bytes, Place place, Reading reading) throws IOException {
        Map<String, Content> files = new TreeMap<>();
        Archive archive = Archive.read(bytes, reading.budget());
        if (!archive.isPlain()) {
            throw new Unreadable("bytes stand behind its end, or it holds more than files and directories");
        }
        for (Member member : archive.members()) {
            if (member.type() == 'f') {
                Content content = new Content(Place.of(member.path()), "", scratch -> member.data());
                if (files.put(member.path(), content) != null) {
                    throw new Unreadable("a file is there twice");
                }
            }
        }
        return Layout.of(files, reading)
                .orElseThrow(() -> new Unreadable("it is no image"))
                .form(Atom.hash(bytes));
    }
}
