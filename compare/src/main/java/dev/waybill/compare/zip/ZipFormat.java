package dev.waybill.compare.zip;

import dev.waybill.compare.bytes.Bytes;
import dev.waybill.compare.form.Atom;
import dev.waybill.compare.form.Content;
import dev.waybill.compare.form.Form;
import dev.waybill.compare.form.Format;
import dev.waybill.compare.form.Lazy;
import dev.waybill.compare.form.Leniency;
import dev.waybill.compare.form.Origin;
import dev.waybill.compare.form.Part;
import dev.waybill.compare.form.Place;
import dev.waybill.compare.form.Reading;
import dev.waybill.compare.form.Setting;
import dev.waybill.compare.form.Value;
import dev.waybill.compare.jar.SignatureFormat;
import dev.waybill.compare.verdict.Rule;
import java.io.IOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The zip family. */
public final class ZipFormat implements Format {
    private static final Set<String> READ_IN_PLACE = Set.of(
            "jar", "war", "ear", "rar", "aar", "sar", "nbm", "apk", "aab", "nupkg", "whl", "epub", "docx", "xlsx",
            "pptx", "odt", "ods", "odp", "vsix", "xpi", "jmod");

    @Override
    public String name() {
        return "zip";
    }

    /** By the first entry, or by the name: self-extracting archives start with a program. */
    @Override
    public boolean claims(Look look) {
        return look.starts("PK\u0003\u0004")
                || look.starts("PK\u0005\u0006")
                || look.starts("PK\u0007\u0008")
                || READ_IN_PLACE.contains(look.place().extension())
                || look.place().extension().equals("zip");
    }

    @Override
    public boolean certain() {
        return true;
    }

    @Override
    public Form read(Bytes bytes, Place place, Reading reading) throws IOException {
        Directory directory = Directory.read(bytes, reading.budget());
        Setting setting = setting(directory, place);
        Form.Builder form = Form.builder("zip");
        around(form, bytes, directory);
        Map<String, Integer> seen = new HashMap<>();
        for (Entry entry : directory.entries()) {
            String name = "/" + entry.text();
            int times = seen.merge(name, 1, Integer::sum);
            EntryForm made = new EntryForm(bytes, entry, new Place(entry.text(), setting));
            form.add(part(times == 1 ? name : name + " (entry " + times + " of this name)", made, times));
        }
        order(form, directory);
        manifestPlace(form, directory);
        return form.origin(origin(directory, bytes, reading)).build();
    }

    private static Part part(String name, EntryForm made, int times) throws IOException {
        Lazy lazy = made.lazy();
        if (times > 1) {
            return Part.of(name, lazy, ZipRules.DUPLICATE);
        }
        if (SignatureFormat.isSignature(name.substring(1))) {
            return Part.droppable(name, lazy, SignatureFormat.RULE);
        }
        return made.plainDirectory() ? Part.droppable(name, lazy, ZipRules.DIRECTORY) : Part.of(name, lazy);
    }

    private static void around(Form.Builder form, Bytes bytes, Directory directory) throws IOException {
        Tail tail = directory.tail();
        if (directory.prefix() > 0) {
            form.add(stray("before the archive", bytes.slice(0, directory.prefix()), ZipRules.PREFIX));
        }
        if (tail.bias() != 0) {
            form.add(Part.of("start of offsets", Atom.of(tail.bias()), ZipRules.PREFIX));
        }
        for (Bytes gap : directory.gaps()) {
            form.add(stray("between entries", gap, ZipRules.GAP));
        }
        if (tail.end() < bytes.size()) {
            form.add(stray("after the archive", bytes.slice(tail.end(), bytes.size() - tail.end()), ZipRules.TRAILING));
        }
        if (tail.commentLength() > 0) {
            Atom comment = Atom.of(bytes.take(tail.at() + 22, tail.commentLength()));
            form.add(Part.droppable("comment", comment, ZipRules.COMMENT));
        }
        Atom end = Atom.hash(bytes.slice(tail.directoryEnd(), tail.at() + 22 - tail.directoryEnd()));
        form.add(Part.droppable("end record", end, ZipRules.HEADER));
    }

    private static Part stray(String name, Bytes bytes, Rule rule) throws IOException {
        return Part.of(name, bytes.size() <= 64 ? Atom.of(bytes.take(0, (int) bytes.size())) : Atom.hash(bytes), rule);
    }

    /**
     * Two orders: the directory's, and that of the data. With a name that comes twice the order decides who wins, so then it
     * counts; that the manifest comes first is read by those who stream a jar, so it is a part of its own.
     */
    private static void order(Form.Builder form, Directory directory) {
        List<String> names = directory.entries().stream()
                .map(Entry::text)
                .filter(name -> !name.endsWith("/"))
                .toList();
        boolean duplicates = Set.copyOf(names).size() < names.size();
        String listed = String.join("\n", names);
        String placed = directory.entries().stream()
                .sorted(Comparator.comparingLong(entry -> entry.sizes().at()))
                .map(Entry::text)
                .collect(Collectors.joining("\n"));
        Atom order = new Atom(listed + "\n\nplaced\n" + placed + "\n\ndirectories\n"
                + directory.entries().stream().map(Entry::text).collect(Collectors.joining("\n")));
        Leniency leniency = new Leniency(ZipRules.ORDER, duplicates ? new Atom(listed) : Value.ABSENT);
        form.add(new Part("order of entries", Order.shown(order), ZipRules.DUPLICATE, leniency));
    }

    /** {@code JarInputStream} sees a manifest only as the first entry, or right after its directory. */
    private static void manifestPlace(Form.Builder form, Directory directory) {
        List<String> placed = directory.entries().stream()
                .sorted(Comparator.comparingLong(entry -> entry.sizes().at()))
                .map(Entry::text)
                .toList();
        int at = placed.indexOf("META-INF/MANIFEST.MF");
        if (at >= 0) {
            boolean first = at == 0 || (at == 1 && placed.getFirst().equals("META-INF/"));
            form.add(Part.droppable("place of the manifest", first ? "first" : "not first", ZipRules.MANIFEST_PLACE));
        }
    }

    private static Setting setting(Directory directory, Place place) {
        boolean inPlace = READ_IN_PLACE.contains(place.extension())
                || directory.entries().stream().anyMatch(entry -> entry.text().equals("META-INF/MANIFEST.MF"));
        return inPlace ? Setting.CLASS_PATH : Setting.PLAIN;
    }

    /** A library built by Maven says who it is; a jar with several such files is shaded and is no single library. */
    private static @Nullable Origin origin(Directory directory, Bytes bytes, Reading reading) throws IOException {
        List<Entry> told = directory.entries().stream()
                .filter(entry -> entry.text().matches("META-INF/maven/[^/]+/[^/]+/pom\\.properties"))
                .toList();
        if (told.size() != 1 || told.getFirst().sizes().unpacked() > 64 * 1024) {
            return null;
        }
        Content content = new Content(
                Place.of(told.getFirst().text()), "", scratch -> Unpacking.open(bytes, told.getFirst(), scratch));
        return PomProperties.origin(content.open(reading.scratch()));
    }
}
