package dev.waybill.compare.zip;

import dev.waybill.compare.bytes.Bytes;
import dev.waybill.compare.bytes.Scratch;
import dev.waybill.compare.bytes.Unreadable;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;

/** Gives the bytes of an entry, after a look at their length and CRC. */
final class Unpacking {
    private static final int STORED = 0;
    private static final int DEFLATED = 8;

    private Unpacking() {}

    static Bytes open(Bytes archive, Entry entry, Scratch scratch) throws IOException {
        if (entry.encrypted()) {
            throw new Unreadable("it is encrypted");
        }
        Bytes packed = archive.slice(entry.dataAt(), entry.sizes().packed());
        return switch (entry.method()) {
            case STORED -> checked(packed, entry);
            case DEFLATED -> inflated(packed, entry, scratch);
            default -> throw new Unreadable("compression method " + entry.method() + " is not known here");
        };
    }

    private static Bytes inflated(Bytes packed, Entry entry, Scratch scratch) throws IOException {
        Inflater inflater = new Inflater(true);
        CRC32 crc = new CRC32();
        try (InputStream in =
                new CheckedInputStream(new InflaterInputStream(new OneMore(packed.open()), inflater, 32 * 1024), crc)) {
            Bytes bytes = scratch.keep(in, packed.size());
            long taken = inflater.getBytesRead();
            if (bytes.size() != entry.sizes().unpacked() || crc.getValue() != entry.crc()) {
                bytes.release();
                throw new Unreadable("its length or CRC is not the promised one");
            }
            if (taken < packed.size()) {
                bytes.release();
                throw new Unreadable("bytes are hidden behind the end of its compressed data");
            }
            return bytes;
        } catch (ZipException e) {
            throw new Unreadable("its compressed data is damaged");
        } catch (java.io.EOFException e) {
            throw new Unreadable("its compressed data is cut off");
        } finally {
            inflater.end();
        }
    }

    private static Bytes checked(Bytes stored, Entry entry) throws IOException {
        CRC32 crc = new CRC32();
        byte[] buffer = new byte[Math.clamp(stored.size(), 1, 64 * 1024)];
        for (long at = 0; at < stored.size(); at += buffer.length) {
            int count = (int) Math.min(buffer.length, stored.size() - at);
            stored.read(at, buffer, 0, count);
            crc.update(buffer, 0, count);
        }
        if (stored.size() != entry.sizes().unpacked() || crc.getValue() != entry.crc()) {
            throw new Unreadable("its length or CRC is not the promised one");
        }
        return stored;
    }

    /** zlib wants one byte behind a raw stream before it sees the end. */
    private static final class OneMore extends java.io.FilterInputStream {
        private boolean given;

        OneMore(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int count = in.read(into, offset, length);
            if (count < 0 && !given && length > 0) {
                given = true;
                into[offset] = 0;
                return 1;
            }
            return count;
        }
    }
}
