package dev.waybill.compare.jar;

import dev.waybill.compare.bytes.Bytes;
import dev.waybill.compare.form.Atom;
import dev.waybill.compare.form.Form;
import dev.waybill.compare.form.Format;
import dev.waybill.compare.form.Part;
import dev.waybill.compare.form.Place;
import dev.waybill.compare.form.Reading;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Lists of providers ({@link java.util.ServiceLoader}): comments and blanks are nothing, the order is something. */
public final class ServicesFormat implements Format {
    private static final Pattern PLACE = Pattern.compile("(?:.*/)?META-INF/services/[^/]+");

    @Override
    public String name() {
        return "list of providers";
    }

    @Override
    public boolean claims(Look look) {
        return PLACE.matcher(look.place().name()).matches();
    }

    @Override
    public boolean certain() {
        return false;
    }

    @Override
    public Form read(Bytes bytes, Place place, Reading reading) throws IOException {
        String text = new String(bytes.whole(1024 * 1024), StandardCharsets.ISO_8859_1);
        String providers = text.lines()
                .map(line -> line.replaceFirst("#.*", "").strip())
                .filter(line -> !line.isEmpty())
                .collect(Collectors.joining("\n"));
        return Form.builder("list of providers")
                .add(Part.droppable("layout", Atom.hash(bytes), JarRules.PROPERTIES_LAYOUT))
                .add(Part.of("providers", new Atom(providers), JarRules.SERVICES))
                .build();
    }
}
