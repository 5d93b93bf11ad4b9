package dev.waybill.compare.image;

import dev.waybill.compare.bytes.Bytes;
import dev.waybill.compare.form.Atom;
import dev.waybill.compare.form.Form;
import dev.waybill.compare.form.Format;
import dev.waybill.compare.form.Part;
import dev.waybill.compare.form.Place;
import dev.waybill.compare.form.Reading;
import dev.waybill.compare.form.Setting;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The list of packages in an image, as packages and versions. */
public final class PackageFormat implements Format {
    private static final int LARGEST = 32 * 1024 * 1024;
    private static final String DPKG = "var/lib/dpkg/status";
    private static final String APK = "lib/apk/db/installed";

    @Override
    public String name() {
        return "list of packages";
    }

    @Override
    public boolean claims(Look look) {
        String name = look.place().name();
        return look.place().setting() == Setting.ROOT_FILE_SYSTEM && (name.equals(DPKG) || name.equals(APK));
    }

    @Override
    public boolean certain() {
        return false;
    }

    @Override
    public Form read(Bytes bytes, Place place, Reading reading) throws IOException {
        String text = new String(bytes.whole(LARGEST), StandardCharsets.UTF_8);
        Map<String, String> versions = place.name().equals(APK) ? PackageList.apk(text) : PackageList.dpkg(text);
        Form.Builder form = Form.builder("list of packages");
        form.add(Part.droppable("descriptions", Atom.hash(bytes), ImageRules.DATABASE));
        versions.forEach(
                (name, version) -> form.add(Part.of("package " + name, new Atom(version), ImageRules.PACKAGE)));
        return form.build();
    }
}
