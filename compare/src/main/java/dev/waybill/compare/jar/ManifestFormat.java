package dev.waybill.compare.jar;

import dev.waybill.compare.bytes.Bytes;
import dev.waybill.compare.bytes.Unreadable;
import dev.waybill.compare.form.Atom;
import dev.waybill.compare.form.Form;
import dev.waybill.compare.form.Format;
import dev.waybill.compare.form.Leniency;
import dev.waybill.compare.form.Part;
import dev.waybill.compare.form.Place;
import dev.waybill.compare.form.Reading;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** META-INF/MANIFEST.MF (JAR File Specification, "JAR Manifest"). */
public final class ManifestFormat implements Format {
    private static final int LARGEST = 16 * 1024 * 1024;

    private static final Pattern BUILDER =
            Pattern.compile("created-by|originally-created-by|built-by|built-on|built-date"
                    + "|build-jdk|build-jdk-spec|build-java-version|build-host|build-os|build-date.*|build-time.*|build-timestamp"
                    + "|build-number|build-id|build-url|build-tool|build-user|x-compile-(source|target)-jdk|java-vendor|java-version"
                    + "|maven-version|gradle-version|ant-version|archiver-version|tool|bnd-lastmodified|dstamp|tstamp|today"
                    + "|os-(name|version|arch)|(hudson|jenkins)-.*|implementation-build-date");

    private static final Set<String> SETS =
            Set.of("export-package", "private-package", "include-resource", "provide-capability");

    @Override
    public String name() {
        return "manifest";
    }

    @Override
    public boolean claims(Look look) {
        return look.place().name().endsWith("META-INF/MANIFEST.MF");
    }

    @Override
    public boolean certain() {
        return false;
    }

    @Override
    public Form read(Bytes bytes, Place place, Reading reading) throws IOException {
        String text = new String(bytes.whole(LARGEST), StandardCharsets.ISO_8859_1);
        if (!text.isEmpty() && !text.endsWith("\n") && !text.endsWith("\r")) {
            // Some versions of the JDK ignore a last line that does not end.
            throw new Unreadable("its last line has no end");
        }
        Form.Builder form = Form.builder("manifest");
        form.add(Part.droppable("layout", Atom.hash(bytes), JarRules.MANIFEST_LAYOUT));
        String section = "";
        // A line that begins with a space goes on where the last one was cut.
        String joined = text.replace("\r\n", "\n").replace('\r', '\n').replace("\n ", "");
        for (String line : joined.split("\n", -1)) {
            if (line.isEmpty()) {
                section = "?";
                continue;
            }
            int colon = line.indexOf(": ");
            if (colon < 1) {
                throw new Unreadable("a line is no attribute");
            }
            String key = line.substring(0, colon);
            String value = line.substring(colon + 2);
            if (section.equals("?")) {
                if (!key.equalsIgnoreCase("Name")) {
                    throw new Unreadable("a section has no name");
                }
                section = value + " ";
            } else {
                attribute(form, section, key, value);
            }
        }
        return form.build();
    }

    private static void attribute(Form.Builder form, String section, String key, String value) throws Unreadable {
        String name = section + key.toLowerCase(Locale.ROOT);
        if (form.has(name)) {
            // Which one wins depends on the reader, so no reading of ours is right.
            throw new Unreadable("an attribute is there twice");
        }
        String lower = key.toLowerCase(Locale.ROOT);
        Atom atom = new Atom(value);
        if (section.isEmpty() && BUILDER.matcher(lower).matches()) {
            form.add(Part.droppable(name, atom, JarRules.MANIFEST_BUILDER));
        } else if (!section.isEmpty() && lower.endsWith("-digest")) {
            form.add(Part.droppable(name, atom, JarRules.MANIFEST_DIGEST));
        } else if (section.isEmpty() && SETS.contains(lower)) {
            Leniency sorted = new Leniency(JarRules.MANIFEST_LIST, new Atom(Clauses.sorted(value)));
            form.add(Part.normal(name, atom, sorted, JarRules.MANIFEST_ATTRIBUTE));
        } else {
            form.add(Part.of(name, atom, JarRules.MANIFEST_ATTRIBUTE));
        }
    }
}
