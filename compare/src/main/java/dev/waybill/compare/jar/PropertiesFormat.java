package dev.waybill.compare.jar;

import dev.waybill.compare.bytes.Bytes;
import dev.waybill.compare.bytes.Unreadable;
import dev.waybill.compare.form.Atom;
import dev.waybill.compare.form.Form;
import dev.waybill.compare.form.Format;
import dev.waybill.compare.form.Part;
import dev.waybill.compare.form.Place;
import dev.waybill.compare.form.Reading;
import java.io.IOException;
import java.io.Serial;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Files that {@link Properties} reads. */
public final class PropertiesFormat implements Format {
    private static final int LARGEST = 16 * 1024 * 1024;
    private static final Pattern GIT_BUILD = Pattern.compile("git\\.build\\.(time|host|user\\.(name|email))");
    private static final Pattern GIT_COMMIT = Pattern.compile("git\\.commit\\.id.*|git\\.dirty");

    @Override
    public String name() {
        return "properties";
    }

    @Override
    public boolean claims(Look look) {
        String extension = look.place().extension();
        return extension.equals("properties")
                || look.place().name().endsWith("META-INF/spring.factories")
                || look.place().name().endsWith("META-INF/spring.handlers")
                || look.place().name().endsWith("META-INF/spring.schemas");
    }

    @Override
    public boolean certain() {
        return false;
    }

    @Override
    public Form read(Bytes bytes, Place place, Reading reading) throws IOException {
        String text = new String(bytes.whole(LARGEST), StandardCharsets.ISO_8859_1);
        Form.Builder form = Form.builder("properties");
        form.add(Part.droppable("layout", Atom.hash(bytes), JarRules.PROPERTIES_LAYOUT));
        form.add(Part.droppable("comments", comments(text), JarRules.PROPERTIES_COMMENT));
        for (Map.Entry<String, String> entry : values(text).entrySet()) {
            form.add(part(place.file(), entry.getKey(), new Atom("'" + entry.getValue() + "'")));
        }
        return form.build();
    }

    private static Part part(String file, String key, Atom value) {
        String name = "key " + key;
        boolean git = file.equals("git.properties");
        boolean springTime = file.equals("build-info.properties") && key.equals("build.time");
        if (springTime || (git && GIT_BUILD.matcher(key).matches())) {
            return Part.droppable(name, value, JarRules.PROPERTIES_BUILD);
        }
        return git && GIT_COMMIT.matcher(key).matches()
                ? Part.of(name, value, JarRules.PROPERTIES_COMMIT)
                : Part.of(name, value);
    }

    private static String comments(String text) {
        return text.lines()
                .map(String::strip)
                .filter(line -> line.startsWith("#") || line.startsWith("!"))
                .collect(Collectors.joining("\n"));
    }

    private static Map<String, String> values(String text) throws IOException {
        Map<String, String> values = new TreeMap<>();
        Once once = new Once(values);
        once.load(new StringReader(apart(text)));
        if (once.twice) {
            throw new Unreadable("a key is there twice");
        }
        return values;
    }

    /**
     * Bytes beyond ASCII mean one thing to {@link Properties} and another to a resource bundle, which reads UTF-8 first. So
     * they stay apart from escapes that only one of the two reads alike.
     */
    private static String apart(String text) {
        StringBuilder apart = new StringBuilder(text.length());
        text.chars().forEach(c -> apart.append((char) (c < 0x80 ? c : 0xe000 + c)));
        return apart.toString();
    }

    /** Tells a key that is there twice, of which readers take the last and people the first. */
    private static final class Once extends Properties {
        @Serial
        private static final long serialVersionUID = 1L;

        private final transient Map<String, String> values;
        private boolean twice;

        Once(Map<String, String> values) {
            this.values = values;
        }

        @Override
        public synchronized Object put(Object key, Object value) {
            twice |= values.put((String) key, (String) value) != null;
            return value;
        }
    }
}
