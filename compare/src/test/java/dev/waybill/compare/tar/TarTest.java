package dev.waybill.compare.tar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.compare.Result;
import dev.waybill.compare.kit.Told;
import dev.waybill.compare.verdict.Verdict;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.FileTime;
import java.util.function.Consumer;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.CompressorStreamFactory;
import org.junit.jupiter.api.Test;

class TarTest {
    private static final String TEXT = "some text that packs well\n".repeat(5000);

    private static byte[] tar(Consumer<TarArchiveEntry> change) {
        return tar("a.bin", change, TarArchiveOutputStream.LONGFILE_POSIX);
    }

    private static byte[] tar(String name, Consumer<TarArchiveEntry> change, int longNames) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(out)) {
            tar.setLongFileMode(longNames);
            byte[] content = TEXT.getBytes(StandardCharsets.US_ASCII);
            TarArchiveEntry entry = new TarArchiveEntry(name);
            entry.setSize(content.length);
            entry.setModTime(FileTime.fromMillis(1_000_000_000_000L));
            change.accept(entry);
            tar.putArchiveEntry(entry);
            tar.write(content);
            tar.closeArchiveEntry();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static Result against(byte[] other) {
        return Told.of("x.tar", tar(entry -> {}), other);
    }

    private static void is(Result result, Verdict verdict, String rule) {
        assertThat(result.verdict()).describedAs("%s", result.findings()).isEqualTo(verdict);
        assertThat(Told.rules(result)).contains(rule);
    }

    @Test
    void times_are_metadata() {
        is(against(tar(entry -> entry.setModTime(FileTime.fromMillis(0)))), Verdict.METADATA, "tar.time");
    }

    @Test
    void the_umask_is_metadata_and_other_modes_are_functional() {
        is(against(tar(entry -> entry.setMode(0100664))), Verdict.METADATA, "tar.mode-umask");
        is(against(tar(entry -> entry.setMode(0100755))), Verdict.FUNCTIONAL, "tar.mode");
        is(against(tar(entry -> entry.setMode(0104644))), Verdict.FUNCTIONAL, "tar.mode");
        is(against(tar(entry -> entry.setMode(0100646))), Verdict.FUNCTIONAL, "tar.mode");
    }

    @Test
    void owners_are_functional() {
        is(against(tar(entry -> entry.setUserId(1000))), Verdict.FUNCTIONAL, "tar.owner");
    }

    @Test
    void capabilities_are_functional() {
        is(
                against(tar(entry -> entry.addPaxHeader("SCHILY.xattr.security.capability", "x"))),
                Verdict.FUNCTIONAL,
                "tar.attribute");
    }

    @Test
    void a_leading_dot_is_metadata() {
        is(against(tar("./a.bin", entry -> {}, TarArchiveOutputStream.LONGFILE_POSIX)), Verdict.METADATA, "tar.format");
    }

    @Test
    void dialects_of_long_names_are_metadata() {
        String name = "d/".repeat(90) + "a.bin";
        Result result = Told.of(
                "x.tar",
                tar(name, entry -> {}, TarArchiveOutputStream.LONGFILE_GNU),
                tar(name, entry -> {}, TarArchiveOutputStream.LONGFILE_POSIX));
        is(result, Verdict.METADATA, "tar.format");
    }

    @Test
    void bytes_behind_the_end_are_functional() {
        byte[] tar = tar(entry -> {});
        tar[tar.length - 1] = 7;
        is(against(tar), Verdict.FUNCTIONAL, "tar.trailing");
    }

    @Test
    void every_compression_gives_the_same_content() throws Exception {
        byte[] plain = tar(entry -> {});
        byte[] later = tar(entry -> entry.setModTime(FileTime.fromMillis(0)));
        for (String codec : new String[] {"gz", "bzip2", "xz", "lz4-framed"}) {
            Result result = Told.of("x." + codec, packed(codec, plain), packed(codec, later));
            is(result, Verdict.METADATA, "codec.compression");
            assertThat(Told.rules(result)).contains("tar.time");
        }
        Result zstd = Told.of(
                "x.zst", com.github.luben.zstd.Zstd.compress(plain, 1), com.github.luben.zstd.Zstd.compress(plain, 19));
        is(zstd, Verdict.METADATA, "codec.compression");
    }

    @Test
    void a_cut_off_or_damaged_stream_is_undecided_in_every_compression() throws Exception {
        for (String codec : new String[] {"gz", "bzip2", "xz", "lz4-framed"}) {
            byte[] whole = packed(codec, tar(entry -> {}));
            byte[] cut = java.util.Arrays.copyOf(whole, whole.length * 2 / 3);
            assertThat(Told.of("x." + codec, whole, cut).verdict())
                    .describedAs(codec)
                    .isEqualTo(Verdict.UNDECIDED);
        }
    }

    @Test
    void the_header_of_gzip_is_metadata_and_bytes_behind_it_are_not() throws Exception {
        byte[] whole = packed("gz", tar(entry -> {}));
        byte[] named = whole.clone();
        named[4] = 9;
        named[9] = 3;
        is(Told.of("x.gz", whole, named), Verdict.METADATA, "gzip.header");
        byte[] longer = java.util.Arrays.copyOf(whole, whole.length + 3);
        longer[whole.length] = 1;
        is(Told.of("x.gz", whole, longer), Verdict.FUNCTIONAL, "codec.trailing");
    }

    private static byte[] packed(String codec, byte[] bytes) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (var packing = new CompressorStreamFactory().createCompressorOutputStream(codec, out)) {
            packing.write(bytes);
        }
        return out.toByteArray();
    }
}
