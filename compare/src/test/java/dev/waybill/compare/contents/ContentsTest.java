package dev.waybill.compare.contents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.core.name.Digest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContentsTest {
    private static final Limits SMALL = new Limits(100, 64L * 1024 * 1024, 200, 1);

    @Test
    void a_jar_shows_its_files_with_their_hashes() throws IOException {
        byte[] jar = Archives.zip("META-INF/MANIFEST.MF", text("Manifest-Version: 1.0\n"), "a/B.class", text("bytes"));

        Seen seen = list(jar, SMALL);

        assertThat(seen.listing.outcome()).isEqualTo(Listing.Outcome.COMPLETE);
        assertThat(seen.files)
                .containsExactly(
                        new Found("META-INF/MANIFEST.MF", 22, Digest.sha256(text("Manifest-Version: 1.0\n"))),
                        new Found("a/B.class", 5, Digest.sha256(text("bytes"))));
    }

    @Test
    void a_jar_in_a_jar_is_hashed_and_opened_once() throws IOException {
        byte[] innermost = Archives.zip("deep.txt", text("deep"));
        byte[] inner = Archives.zip("lib.txt", text("lib"), "deep.jar", innermost);
        byte[] outer = Archives.zip("BOOT-INF/lib/inner.jar", inner, "after.txt", text("after"));

        Seen seen = list(outer, SMALL);

        assertThat(seen.files)
                .containsExactlyInAnyOrder(
                        new Found("BOOT-INF/lib/inner.jar", inner.length, Digest.sha256(inner)),
                        new Found("BOOT-INF/lib/inner.jar!/lib.txt", 3, Digest.sha256(text("lib"))),
                        new Found("BOOT-INF/lib/inner.jar!/deep.jar", innermost.length, Digest.sha256(innermost)),
                        new Found("after.txt", 5, Digest.sha256(text("after"))));
    }

    @Test
    void a_compressed_tar_shows_files_and_the_jars_inside() throws IOException {
        byte[] jar = Archives.zip("x", text("x"));
        String longName = "a/".repeat(90) + "long.txt";
        byte[] layer = Archives.gzip(Archives.tar("app/shop.jar", jar, longName, text("long"), "empty", new byte[0]));

        Seen seen = list(layer, SMALL);

        assertThat(seen.listing.outcome()).isEqualTo(Listing.Outcome.COMPLETE);
        assertThat(seen.files)
                .containsExactlyInAnyOrder(
                        new Found("app/shop.jar", jar.length, Digest.sha256(jar)),
                        new Found("app/shop.jar!/x", 1, Digest.sha256(text("x"))),
                        new Found(longName, 4, Digest.sha256(text("long"))),
                        new Found("empty", 0, Digest.sha256(new byte[0])));
    }

    @Test
    void what_is_no_archive_has_nothing_inside() throws IOException {
        assertThat(list(text("just text"), SMALL).listing.outcome()).isEqualTo(Listing.Outcome.PLAIN);
        assertThat(list(new byte[0], SMALL).listing.outcome()).isEqualTo(Listing.Outcome.PLAIN);
    }

    @Test
    void a_file_inside_that_only_looks_like_an_archive_stays_a_file() throws IOException {
        byte[] fake = text("PK\u0003\u0004 this is no archive at all, it only begins like one, and goes on");
        byte[] outer = Archives.zip("fake.jar", fake, "next", text("next"));

        Seen seen = list(outer, SMALL);

        assertThat(seen.listing.outcome()).isEqualTo(Listing.Outcome.COMPLETE);
        assertThat(seen.files)
                .contains(new Found("fake.jar", fake.length, Digest.sha256(fake)))
                .contains(new Found("next", 4, Digest.sha256(text("next"))));
    }

    @Test
    void a_bomb_of_zeros_ends_at_the_ratio() throws IOException {
        byte[] bomb = Archives.zipOfZeros(1, 60L * 1024 * 1024);

        Seen seen = list(bomb, SMALL);

        assertThat(bomb.length).isLessThan(100_000);
        assertThat(seen.listing.outcome()).isEqualTo(Listing.Outcome.CAPPED);
        assertThat(seen.listing.bytes()).isLessThan(20L * 1024 * 1024);
        assertThat(seen.listing.detail()).contains("200 bytes come out of each byte");
    }

    @Test
    void a_nested_bomb_ends_at_the_ratio_too() throws IOException {
        byte[] bomb = Archives.zip("inner.zip", Archives.zipOfZeros(4, 40L * 1024 * 1024));

        assertThat(list(bomb, SMALL).listing.outcome()).isEqualTo(Listing.Outcome.CAPPED);
    }

    @Test
    void a_gzip_bomb_without_a_tar_ends_at_the_ratio() throws IOException {
        byte[] bomb = Archives.gzip(new byte[40 * 1024 * 1024]);

        assertThat(list(bomb, SMALL).listing.outcome()).isEqualTo(Listing.Outcome.CAPPED);
    }

    @Test
    void bytes_and_entries_are_capped_and_what_was_found_stays() throws IOException {
        byte[] jar = Archives.zip("1", text("1"), "2", text("2"), "3", text("3"));

        Seen twoEntries = list(jar, new Limits(2, 1000, 100, 1));
        Seen twoBytes = list(jar, new Limits(100, 2, 100, 1));

        assertThat(twoEntries.listing.outcome()).isEqualTo(Listing.Outcome.CAPPED);
        assertThat(twoEntries.files).extracting(Found::path).containsExactly("1", "2");
        assertThat(twoBytes.listing.outcome()).isEqualTo(Listing.Outcome.CAPPED);
        assertThat(twoBytes.files).extracting(Found::path).containsExactly("1", "2");
    }

    @Test
    void names_that_leave_the_archive_come_out_tame() throws IOException {
        byte[] jar = Archives.zip(
                "../../etc/passwd",
                text("1"),
                "/etc/shadow",
                text("2"),
                "a\\..\\b",
                text("3"),
                "x\u202Egpj.exe",
                text("4"));

        assertThat(list(jar, SMALL).files)
                .extracting(Found::path)
                .containsExactly("(up)/(up)/etc/passwd", "etc/shadow", "a/(up)/b", "x\uFFFDgpj.exe");
    }

    @Test
    void an_archive_cut_anywhere_is_never_complete_with_a_file_missing() throws IOException {
        byte[] jar = Archives.zip("1", text("one".repeat(200)), "2", text("two".repeat(200)));
        byte[] tar = Archives.tar("1", text("one".repeat(200)), "2", text("two".repeat(200)));
        for (byte[] whole : List.of(jar, tar, Archives.gzip(tar))) {
            assertThat(list(whole, SMALL).files).hasSize(2);
            for (int length = 0; length < whole.length; length++) {
                Seen seen = list(Arrays.copyOf(whole, length), SMALL);
                if (seen.files.size() < 2) {
                    assertThat(seen.listing.outcome())
                            .as("cut at %s of %s", length, whole.length)
                            .isNotIn(Listing.Outcome.COMPLETE, Listing.Outcome.CAPPED);
                }
            }
        }
    }

    @Test
    void a_tar_cut_in_a_file_is_unreadable() throws IOException {
        byte[] tar = Archives.tar("1", text("one".repeat(2000)));

        Seen seen = list(Arrays.copyOf(tar, 1024), SMALL);

        assertThat(seen.listing.outcome()).isEqualTo(Listing.Outcome.UNREADABLE);
        assertThat(seen.files).isEmpty();
    }

    @Test
    void a_tar_header_that_announces_gigabytes_of_name_is_refused_without_memory() throws IOException {
        byte[] tar = Archives.tarHeader("././@LongLink", (byte) 'L', 8_000_000_000L);

        Seen seen = list(tar, SMALL);

        assertThat(seen.listing.outcome()).isEqualTo(Listing.Outcome.UNREADABLE);
        assertThat(seen.listing.detail()).contains("8000000000 bytes");
    }

    @Test
    void random_bytes_after_each_magic_never_throw() throws IOException {
        var random = new java.util.Random(20260101);
        for (int round = 0; round < 400; round++) {
            byte[] bytes = round % 2 == 0
                    ? Archives.zip("a", text("aaaa".repeat(50)), "b.jar", Archives.zip("c", text("c")))
                    : Archives.tar("a", text("aaaa".repeat(50)), "b.jar", Archives.zip("c", text("c")));
            for (int flip = 0; flip < 5; flip++) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            assertThat(list(bytes, SMALL).listing.outcome()).isNotNull();
        }
    }

    @Test
    void a_broken_source_is_an_error_and_no_damaged_archive() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("disk");
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                throw new IOException("disk");
            }
        };

        assertThatThrownBy(() -> Contents.list(broken, SMALL, f -> {}))
                .isInstanceOf(IOException.class)
                .hasMessage("disk");
    }

    private record Seen(Listing listing, List<Found> files) {}

    private static Seen list(byte[] bytes, Limits limits) throws IOException {
        List<Found> files = new ArrayList<>();
        Listing listing = Contents.list(new ByteArrayInputStream(bytes), limits, files::add);
        return new Seen(listing, files);
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
