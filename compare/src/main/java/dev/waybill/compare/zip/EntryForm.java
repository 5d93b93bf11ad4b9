package dev.waybill.compare.zip;

import dev.waybill.compare.bytes.Bytes;
import dev.waybill.compare.form.Atom;
import dev.waybill.compare.form.Content;
import dev.waybill.compare.form.Form;
import dev.waybill.compare.form.Lazy;
import dev.waybill.compare.form.Leniency;
import dev.waybill.compare.form.Modes;
import dev.waybill.compare.form.Part;
import dev.waybill.compare.form.Place;
import dev.waybill.compare.form.Setting;
import dev.waybill.compare.form.Value;
import dev.waybill.compare.verdict.Rule;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** The parts of one entry: its content, and what both headers say about it. */
final class EntryForm {
    private static final Pattern NESTED = Pattern.compile("(?i)\\.(jar|war|zip)$");

    private final Bytes archive;
    private final Entry entry;
    private final Place place;

    /** @param place of the entry's content */
    EntryForm(Bytes archive, Entry entry, Place place) {
        this.archive = archive;
        this.entry = entry;
        this.place = place;
    }

    Lazy lazy() throws IOException {
        String packed = (entry.encrypted() ? "encrypted " : "") + entry.method() + ":"
                + entry.sizes().unpacked() + ":"
                + archive.slice(entry.dataAt(), entry.sizes().packed()).sha256();
        Content content = new Content(place, packed, scratch -> Unpacking.open(archive, entry, scratch));
        byte[] central = entry.central().clone();
        Arrays.fill(central, 42, 46, (byte) 0);
        String identity = packed + " " + HexFormat.of().formatHex(central) + " "
                + HexFormat.of().formatHex(entry.local()) + " "
                + HexFormat.of().formatHex(entry.descriptor());
        return new Lazy(identity, content, () -> form(packed, content));
    }

    /** A plain directory: nothing but its name, and modes that every unpacker gives. */
    boolean plainDirectory() {
        boolean plainExtras = extras().stream().allMatch(extra -> extra.isTime() || extra.isNoise() || extra.isOwner());
        int mode = mode();
        return entry.directory()
                && entry.sizes().unpacked() == 0
                && !entry.encrypted()
                && entry.comment().length == 0
                && plainExtras
                && (mode == 0 || Modes.isDefault(mode) || (inPlace() && Modes.inPlace(mode) == 0));
    }

    /** Of whatever host: unpackers take the upper half for a mode even when another system is named. */
    private int mode() {
        return (int) (entry.externalAttributes() >>> 16);
    }

    private boolean inPlace() {
        return place.setting() == Setting.CLASS_PATH;
    }

    private Form form(String packed, Content content) {
        Form.Builder form = Form.builder("zip entry");
        form.add(Part.of(Lazy.CONTENT, content));
        form.add(Part.droppable("time", time(), ZipRules.TIME));
        form.add(Part.droppable(
                "compression",
                "method " + entry.method() + ", " + entry.sizes().packed() + " bytes, " + packed,
                ZipRules.COMPRESSION));
        if (inPlace() && NESTED.matcher(entry.text()).find()) {
            form.add(Part.of("stored", new Atom(entry.method() == 0 ? "stored" : "compressed"), ZipRules.NESTED));
        }
        form.add(Part.droppable("header", header(), ZipRules.HEADER));
        mode(form);
        form.add(Part.droppable(
                "attributes",
                "internal " + Field.u16(entry.central(), 36) + ", external " + attributes(),
                ZipRules.ATTRIBUTES));
        for (Extra extra : extras()) {
            extra(form, extra);
        }
        if (entry.comment().length > 0) {
            Atom comment = Atom.of(entry.comment());
            boolean order = new String(entry.comment(), StandardCharsets.ISO_8859_1).startsWith("UNPACK:");
            form.add(
                    order
                            ? Part.of("comment", comment, ZipRules.LOADER_COMMENT)
                            : Part.droppable("comment", comment, ZipRules.COMMENT));
        }
        String disagreement = Disagreement.of(entry);
        if (!disagreement.isEmpty()) {
            form.add(Part.of("own header", new Atom(disagreement), ZipRules.LOCAL));
        }
        return form.build();
    }

    private void mode(Form.Builder form) {
        int mode = mode();
        if (mode == 0) {
            // No mode is the mode that every unpacker gives.
            return;
        }
        Value normal = inPlace() ? inPlace(mode) : unpacked(mode);
        form.add(Part.normal("mode", Modes.value(mode), new Leniency(ZipRules.MODE_NOISE, normal), ZipRules.MODE));
    }

    private static Value inPlace(int mode) {
        int left = Modes.inPlace(mode);
        return left == 0 ? Value.ABSENT : Modes.value(left);
    }

    private static Value unpacked(int mode) {
        return Modes.isDefault(mode) ? Value.ABSENT : Modes.value(Modes.withoutUmask(mode));
    }

    /** The upper half is the mode, which has its own part. */
    private String attributes() {
        return String.format(Locale.ROOT, "%04x", entry.externalAttributes() & 0xffff);
    }

    private List<Extra> extras() {
        List<Extra> both = new java.util.ArrayList<>(Extra.parse(entry.extra()));
        both.addAll(Extra.parse(entry.localExtra()));
        return both;
    }

    private void extra(Form.Builder form, Extra extra) {
        Atom value = Atom.of(extra.data());
        String name = extra.tag() < 0 ? "extra bytes" : String.format(Locale.ROOT, "extra 0x%04x", extra.tag());
        Rule noise = noise(extra);
        if (noise != null) {
            form.add(Part.droppable(name, value, noise));
        } else {
            form.add(Part.of(name, value, extra.isOwner() ? ZipRules.OWNER : ZipRules.EXTRA));
        }
    }

    private @org.jspecify.annotations.Nullable Rule noise(Extra extra) {
        if (extra.isTime()) {
            return ZipRules.TIME;
        }
        if (extra.isOwner() && inPlace()) {
            return ZipRules.OWNER_NOISE;
        }
        if (extra.isTimeAndOwner()) {
            boolean ownerless = extra.data().length <= 8;
            return ownerless || inPlace() ? ZipRules.TIME : null;
        }
        return extra.isNoise() ? ZipRules.EXTRA_NOISE : null;
    }

    private String time() {
        return dos(Field.u16(entry.central(), 14), Field.u16(entry.central(), 12))
                + own(dos(Field.u16(entry.local(), 12), Field.u16(entry.local(), 10)));
    }

    private String own(String local) {
        return local.equals(dos(Field.u16(entry.central(), 14), Field.u16(entry.central(), 12)))
                ? ""
                : ", own header " + local;
    }

    /** The fields as they are: nonsense such as month 0 stays visible. */
    private static String dos(int date, int time) {
        return String.format(
                Locale.ROOT,
                "%04d-%02d-%02d %02d:%02d:%02d",
                1980 + (date >> 9),
                date >> 5 & 15,
                date & 31,
                time >> 11,
                time >> 5 & 63,
                (time & 31) * 2);
    }

    private String header() {
        return "disk " + Field.u16(entry.central(), 34) + ", made by " + (entry.madeBy() >> 8) + "/"
                + (entry.madeBy() & 0xff) + ", needs "
                + Field.u16(entry.central(), 6) + "/" + Field.u16(entry.local(), 4) + ", flags " + entry.flags() + "/"
                + entry.localFlags() + ", descriptor of " + entry.descriptor().length + " bytes"
                + (entry.descriptor().length == 16 || entry.descriptor().length == 24 ? " signed" : "")
                + ", sizes " + Field.u32(entry.central(), 20) + "/" + Field.u32(entry.local(), 18) + " "
                + Field.u32(entry.central(), 24) + "/" + Field.u32(entry.local(), 22);
    }
}
