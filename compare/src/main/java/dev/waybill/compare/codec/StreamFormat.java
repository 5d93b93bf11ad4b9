package dev.waybill.compare.codec;

import dev.waybill.compare.bytes.Bytes;
import dev.waybill.compare.bytes.Scratch;
import dev.waybill.compare.bytes.Unreadable;
import dev.waybill.compare.form.Form;
import dev.waybill.compare.form.Format;
import dev.waybill.compare.form.Place;
import dev.waybill.compare.form.Reading;
import java.io.IOException;
import java.io.InputStream;

/** A compressed stream whose header says nothing but how to unpack it. */
public final class StreamFormat implements Format {
    /** Unpacks a stream and finds its end. */
    private interface Codec {
        InputStream unpack(InputStream packed) throws IOException;

        /** Where the last frame ends; what follows is no part of the stream. Skipped frames throw. */
        long end(Bytes bytes) throws IOException;
    }

    private final String name;
    private final String magic;
    private final String suffix;
    private final Codec codec;

    private StreamFormat(String name, String magic, String suffix, Codec codec) {
        this.name = name;
        this.magic = magic;
        this.suffix = suffix;
        this.codec = codec;
    }

    public static StreamFormat xz() {
        return new StreamFormat("xz", "\u00fd7zXZ\u0000", ".xz", new Codec() {
            @Override
            public InputStream unpack(InputStream packed) throws IOException {
                return new org.tukaani.xz.XZInputStream(packed, 128 * 1024);
            }

            @Override
            public long end(Bytes bytes) {
                // The decoder refuses whatever follows the last stream, except padding of zeros.
                return bytes.size();
            }
        });
    }

    public static StreamFormat zstd() {
        return new StreamFormat("zstd", "(\u00b5/\u00fd", ".zst", new Codec() {
            @Override
            public InputStream unpack(InputStream packed) throws IOException {
                return new com.github.luben.zstd.ZstdInputStreamNoFinalizer(packed).setLongMax(27);
            }

            @Override
            public long end(Bytes bytes) throws IOException {
                return ZstdFrames.end(bytes);
            }
        });
    }

    public static StreamFormat bzip2() {
        return new StreamFormat("bzip2", "BZh", ".bz2", new Codec() {
            @Override
            public InputStream unpack(InputStream packed) throws IOException {
                return new Bzip2Stream(packed);
            }

            @Override
            public long end(Bytes bytes) {
                // The decoder refuses whatever follows the last stream.
                return bytes.size();
            }
        });
    }

    public static StreamFormat lz4() {
        return new StreamFormat("lz4", "\4\"M\u0018", ".lz4", new Codec() {
            @Override
            public InputStream unpack(InputStream packed) throws IOException {
                return new Lz4Stream(packed);
            }

            @Override
            public long end(Bytes bytes) {
                // The decoder refuses whatever follows the last frame.
                return bytes.size();
            }
        });
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean claims(Look look) {
        return look.starts(magic);
    }

    @Override
    public boolean certain() {
        return true;
    }

    @Override
    public Form read(Bytes bytes, Place place, Reading reading) throws IOException {
        long end = codec.end(bytes);
        Bytes packed = bytes.slice(0, end);
        Bytes content = unpack(packed, reading.scratch());
        Form.Builder form = Form.builder(name);
        Packed.content(form, place, suffix, new Unpacked(content, scratch -> unpack(packed, scratch)));
        Packed.residue(form, packed);
        Packed.trailing(form, bytes.slice(end, bytes.size() - end));
        return form.build();
    }

    private Bytes unpack(Bytes packed, Scratch scratch) throws IOException {
        try (InputStream in = codec.unpack(packed.open())) {
            return scratch.keep(in, packed.size());
        } catch (Unreadable e) {
            throw e;
        } catch (IOException e) {
            throw new Unreadable("its compressed data is damaged or cut off");
        }
    }
}
