package dev.waybill.compare.tar;

import dev.waybill.compare.bytes.Bytes;
import dev.waybill.compare.bytes.HeapBytes;
import dev.waybill.compare.form.Atom;
import dev.waybill.compare.form.Form;
import dev.waybill.compare.form.Format;
import dev.waybill.compare.form.Lazy;
import dev.waybill.compare.form.Leniency;
import dev.waybill.compare.form.Part;
import dev.waybill.compare.form.Place;
import dev.waybill.compare.form.Reading;
import dev.waybill.compare.form.Setting;
import dev.waybill.compare.form.Value;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Tar archives of whatever dialect. */
public final class TarFormat implements Format {
    private static final Pattern SOURCE_PACKAGE =
            Pattern.compile("package/package\\.json|[^/]+-[^/]+/(Cargo\\.toml\\.orig|PKG-INFO)");

    @Override
    public String name() {
        return "tar";
    }

    @Override
    public boolean claims(Look look) {
        return Header.isValid(java.util.Arrays.copyOf(look.head(), Math.min(Header.BLOCK, look.head().length)));
    }

    @Override
    public boolean certain() {
        return true;
    }

    @Override
    public Form read(Bytes bytes, Place place, Reading reading) throws IOException {
        return form(Archive.read(bytes, reading.budget()), place.setting());
    }

    /** The form of an archive that was read already. */
    private static Form form(Archive archive, Setting around) throws IOException {
        boolean packaged = archive.members().stream()
                .anyMatch(member -> SOURCE_PACKAGE.matcher(member.path()).matches());
        Setting setting = packaged && around == Setting.PLAIN ? Setting.SOURCE_PACKAGE : around;
        Form.Builder form = Form.builder("tar");
        Map<String, Integer> seen = new HashMap<>();
        for (Member member : archive.members()) {
            String name = "/" + member.path();
            int times = seen.merge(name, 1, Integer::sum);
            Lazy lazy = new MemberForm(member, setting).lazy();
            form.add(
                    times == 1
                            ? Part.of(name, lazy)
                            : Part.of(name + " (entry " + times + " of this name)", lazy, TarRules.DUPLICATE));
        }
        archive.globals().forEach((key, value) -> form.add(Part.of("record " + key, new Atom(value), TarRules.RECORD)));
        order(form, archive, seen.size() < archive.members().size());
        end(form, archive.end());
        return form.build();
    }

    private static void order(Form.Builder form, Archive archive, boolean duplicates) throws IOException {
        List<String> names = archive.members().stream().map(Member::path).toList();
        Atom sequence = new Atom(
                "sequence " + HeapBytes.of(String.join("\n", names)).sha256().substring(0, 16));
        Leniency any = new Leniency(TarRules.ORDER, duplicates ? sequence : Value.ABSENT);
        form.add(Part.normal("order of entries", sequence, any, TarRules.DUPLICATE));
    }

    private static void end(Form.Builder form, Bytes end) throws IOException {
        form.add(
                Zeros.only(end)
                        ? Part.droppable("end", end.size() + " zeros", TarRules.PADDING)
                        : Part.of("after the end", Atom.hash(end), TarRules.TRAILING));
    }
}
