package dev.waybill.compare.kit;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Writes zip archives field by field, also such as no library writes. */
public final class Zip {
    private final List<Entry> entries = new ArrayList<>();
    private byte[] prefix = new byte[0];
    private byte[] suffix = new byte[0];
    private String comment = "";

    /** One entry; fields may be changed before {@link #bytes}. */
    public static final class Entry {
        final byte[] name;
        byte[] content;
        public int time = 0x0021;
        public int date = 0x5a21;
        public int level = 6;
        public boolean stored;
        public int flags;
        public int mode;
        public int madeBy = 20;
        public byte[] extra = new byte[0];
        public String comment = "";
        public byte[] localName;
        public byte[] before = new byte[0];
        public byte[] hidden = new byte[0];

        Entry(String name, byte[] content) {
            this.name = name.getBytes(StandardCharsets.UTF_8);
            this.localName = this.name;
            this.content = content;
        }
    }

    public Entry add(String name, String content) {
        return add(name, content.getBytes(StandardCharsets.UTF_8));
    }

    public Entry add(String name, byte[] content) {
        Entry entry = new Entry(name, content);
        entries.add(entry);
        return entry;
    }

    public Zip prefix(String text) {
        prefix = text.getBytes(StandardCharsets.UTF_8);
        return this;
    }

    public Zip suffix(String text) {
        suffix = text.getBytes(StandardCharsets.UTF_8);
        return this;
    }

    public Zip comment(String text) {
        comment = text;
        return this;
    }

    public byte[] bytes() {
        Out out = new Out();
        Out directory = new Out();
        out.raw(prefix);
        for (Entry entry : entries) {
            entry(entry, out, directory);
        }
        int at = out.size();
        out.raw(directory.toByteArray());
        out.u32(0x06054b50).u16(0).u16(0).u16(entries.size()).u16(entries.size());
        out.u32(directory.size()).u32(at).u16(comment.length()).raw(comment.getBytes(StandardCharsets.UTF_8));
        return out.raw(suffix).toByteArray();
    }

    private static void entry(Entry entry, Out out, Out directory) {
        out.raw(entry.before);
        int at = out.size();
        byte[] packed = entry.stored ? entry.content : deflate(entry);
        CRC32 sum = new CRC32();
        sum.update(entry.content);
        int size = packed.length + entry.hidden.length;
        out.u32(0x04034b50).u16(20);
        common(entry, out, sum.getValue(), size);
        out.u16(entry.localName.length)
                .u16(entry.extra.length)
                .raw(entry.localName)
                .raw(entry.extra);
        out.raw(packed).raw(entry.hidden);
        directory.u32(0x02014b50).u16(entry.madeBy).u16(20);
        common(entry, directory, sum.getValue(), size);
        directory
                .u16(entry.name.length)
                .u16(entry.extra.length)
                .u16(entry.comment.length())
                .u16(0)
                .u16(0);
        directory.u32((long) entry.mode << 16).u32(at).raw(entry.name).raw(entry.extra);
        directory.raw(entry.comment.getBytes(StandardCharsets.UTF_8));
    }

    private static void common(Entry entry, Out out, long crc, int size) {
        out.u16(entry.flags).u16(entry.stored ? 0 : 8).u16(entry.time).u16(entry.date);
        out.u32(crc).u32(size).u32(entry.content.length);
    }

    private static byte[] deflate(Entry entry) {
        Deflater deflater = new Deflater(entry.level, true);
        deflater.setInput(entry.content);
        deflater.finish();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        while (!deflater.finished()) {
            out.write(buffer, 0, deflater.deflate(buffer));
        }
        deflater.end();
        return out.toByteArray();
    }

    private static final class Out extends ByteArrayOutputStream {
        Out u16(int value) {
            write(value);
            write(value >> 8);
            return this;
        }

        Out u32(long value) {
            return u16((int) value).u16((int) (value >> 16));
        }

        Out raw(byte[] bytes) {
            writeBytes(bytes);
            return this;
        }
    }
}
