package dev.waybill.compare.codec;

import dev.waybill.compare.bytes.Bytes;
import dev.waybill.compare.bytes.Scratch;
import dev.waybill.compare.bytes.Unreadable;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Reads the members of a gzip file one after the other (RFC 1952, 2.2), so that each header is seen. */
final class GzipMembers extends InputStream {
    private final Bytes bytes;
    private final List<GzipHeader> headers = new ArrayList<>();
    private final Inflater inflater = new Inflater(true);
    private final byte[] input = new byte[32 * 1024];
    private final CRC32 crc = new CRC32();
    private long next;
    private long length;
    private boolean inside;
    private boolean ended;

    GzipMembers(Bytes bytes) throws IOException {
        this.bytes = bytes;
        begin();
    }

    /** All of it, with the headers that were met and where the last member ended. */
    record Result(Bytes content, List<GzipHeader> headers, long end) {}

    static Result unpack(Bytes bytes, Scratch scratch) throws IOException {
        try (GzipMembers members = new GzipMembers(bytes)) {
            Bytes content = scratch.keep(members, bytes.size());
            return new Result(content, members.headers, members.next);
        }
    }

    private void begin() throws IOException {
        GzipHeader header = GzipHeader.read(bytes, next);
        headers.add(header);
        next += header.length();
        inflater.reset();
        crc.reset();
        length = 0;
        inside = true;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int count) throws IOException {
        while (!ended) {
            int got = inflate(into, offset, count);
            if (got > 0) {
                crc.update(into, offset, got);
                length += got;
                return got;
            }
            if (!inside) {
                ended = !another();
            }
        }
        return -1;
    }

    private int inflate(byte[] into, int offset, int count) throws IOException {
        try {
            int got = inflater.inflate(into, offset, count);
            if (got > 0) {
                return got;
            }
            if (inflater.finished()) {
                finish();
            } else if (inflater.needsDictionary()) {
                throw new Unreadable("its compressed data is damaged");
            } else {
                feed();
            }
            return 0;
        } catch (DataFormatException e) {
            throw new Unreadable("its compressed data is damaged");
        }
    }

    private void feed() throws IOException {
        int count = (int) Math.min(input.length, bytes.size() - next);
        if (count <= 0) {
            throw new Unreadable("its compressed data is cut off");
        }
        bytes.read(next, input, 0, count);
        next += count;
        inflater.setInput(input, 0, count);
    }

    private void finish() throws IOException {
        next -= inflater.getRemaining();
        byte[] trailer = bytes.take(next, 8);
        next += 8;
        if (GzipHeader.u32(trailer, 0) != crc.getValue() || GzipHeader.u32(trailer, 4) != (length & 0xffffffffL)) {
            throw new Unreadable("its checksum is wrong");
        }
        inside = false;
    }

    private boolean another() throws IOException {
        if (bytes.size() - next >= 18 && GzipHeader.starts(bytes.take(next, 3))) {
            begin();
            return true;
        }
        return false;
    }

    @Override
    public void close() {
        inflater.end();
    }
}
