package dev.waybill.compare.tar;

import dev.waybill.compare.form.Atom;
import dev.waybill.compare.form.Content;
import dev.waybill.compare.form.Form;
import dev.waybill.compare.form.Lazy;
import dev.waybill.compare.form.Leniency;
import dev.waybill.compare.form.Modes;
import dev.waybill.compare.form.Part;
import dev.waybill.compare.form.Place;
import dev.waybill.compare.form.Setting;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/** The parts of one file: its content, and what its headers say about it. */
public final class MemberForm {
    private static final Set<String> MERGED =
            Set.of("path", "linkpath", "size", "uid", "gid", "uname", "gname", "hdrcharset", "charset");
    private static final Set<String> TIMES = Set.of("mtime", "atime", "ctime", "LIBARCHIVE.creationtime");

    private final Member member;
    private final Setting setting;

    public MemberForm(Member member, Setting setting) {
        this.member = member;
        this.setting = setting;
    }

    public Lazy lazy() throws IOException {
        String data = member.data().sha256();
        Content content = new Content(new Place(member.path(), setting), data, scratch -> member.data());
        String identity =
                member.headers().sha256() + " " + data + " " + member.padding().sha256();
        return new Lazy(identity, member.type() == 'f' ? content : null, () -> form(content));
    }

    private Form form(Content content) throws IOException {
        Header header = member.header();
        Form.Builder form = Form.builder("tar entry");
        form.add(Part.of("type", new Atom(type()), TarRules.TYPE));
        if (member.type() == 'f' || member.data().size() > 0) {
            form.add(Part.of(Lazy.CONTENT, content));
        }
        if (member.type() == 'h' || member.type() == 'l') {
            form.add(Part.of("link", new Atom(member.link()), TarRules.LINK));
        }
        if (member.type() != 'l') {
            mode(form, header.mode() & 07777);
        }
        owner(form);
        form.add(Part.droppable("time", time(), TarRules.TIME));
        if (member.type() == '3' || member.type() == '4') {
            form.add(Part.of("device", new Atom(header.device()), TarRules.TYPE));
        }
        records(form);
        form.add(Part.droppable("headers", Atom.hash(member.headers()), TarRules.FORMAT));
        if (!Zeros.only(member.padding())) {
            form.add(Part.of("padding", Atom.of(member.padding().whole(Header.BLOCK)), TarRules.TRAILING));
        }
        return form.build();
    }

    private String type() {
        return switch (member.type()) {
            case 'f' -> "file";
            case 'd' -> "directory";
            case 'l' -> "symbolic link";
            case 'h' -> "hard link";
            case '3' -> "character device";
            case '4' -> "block device";
            case '6' -> "pipe";
            default -> "type " + member.type();
        };
    }

    private static void mode(Form.Builder form, int mode) {
        Leniency umask = new Leniency(TarRules.MODE_NOISE, Modes.value(Modes.withoutUmask(mode)));
        form.add(Part.normal("mode", Modes.value(mode), umask, TarRules.MODE));
    }

    private void owner(Form.Builder form) throws IOException {
        Map<String, String> records = member.records();
        String numbers = records.getOrDefault("uid", "" + member.header().user()) + "/"
                + records.getOrDefault("gid", "" + member.header().group());
        String[] written = member.header().names().split("/", 2);
        String names = records.getOrDefault("uname", written[0]) + "/" + records.getOrDefault("gname", written[1]);
        switch (setting) {
            case ROOT_FILE_SYSTEM -> {
                form.add(Part.of("owner", new Atom(numbers), TarRules.OWNER));
                form.add(Part.droppable("owner's name", names, TarRules.OWNER_NAME));
            }
            case SOURCE_PACKAGE -> form.add(Part.droppable("owner", numbers + " " + names, TarRules.OWNER_NOISE));
            default -> form.add(Part.of("owner", new Atom(numbers + " " + names), TarRules.OWNER));
        }
    }

    private String time() throws IOException {
        StringBuilder text = new StringBuilder();
        long seconds = member.header().time();
        try {
            text.append(Instant.ofEpochSecond(seconds));
        } catch (DateTimeException e) {
            text.append(seconds);
        }
        member.records().forEach((key, value) -> {
            if (TIMES.contains(key)) {
                text.append(", ").append(key).append(' ').append(value);
            }
        });
        return text.toString();
    }

    private void records(Form.Builder form) {
        member.records().forEach((key, value) -> {
            if (!MERGED.contains(key) && !TIMES.contains(key)) {
                boolean attribute = key.startsWith("SCHILY.") || key.startsWith("LIBARCHIVE.xattr.");
                Atom shown = Atom.of(value.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
                form.add(Part.of("record " + key, shown, attribute ? TarRules.ATTRIBUTE : TarRules.RECORD));
            }
        });
    }
}
