package dev.waybill.compare.zip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.compare.Result;
import dev.waybill.compare.bytes.Bounds;
import dev.waybill.compare.kit.Told;
import dev.waybill.compare.kit.Zip;
import dev.waybill.compare.verdict.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;

class ZipTest {
    private static final String TEXT = "the same line\n".repeat(200);

    private static Zip plain() {
        Zip zip = new Zip();
        zip.add("a.bin", TEXT);
        zip.add("b.bin", "second");
        return zip;
    }

    private static Zip changed(Consumer<Zip.Entry> change) {
        Zip zip = new Zip();
        change.accept(zip.add("a.bin", TEXT));
        zip.add("b.bin", "second");
        return zip;
    }

    private static Result against(Zip other) {
        return against("x.zip", other);
    }

    private static Result against(String name, Zip other) {
        return Told.of(name, plain().bytes(), other.bytes());
    }

    private static void isMetadata(Result result, String rule) {
        assertThat(result.verdict()).describedAs("%s", result.findings()).isEqualTo(Verdict.METADATA);
        assertThat(Told.rules(result)).contains(rule);
        assertThat(result.proof()).isNotNull();
    }

    private static void isFunctional(Result result, String rule) {
        assertThat(result.verdict()).describedAs("%s", result.findings()).isEqualTo(Verdict.FUNCTIONAL);
        assertThat(Told.rules(result)).contains(rule);
        assertThat(result.proof()).isNull();
    }

    @Test
    void the_same_bytes_are_identical() {
        assertThat(against(plain()).verdict()).isEqualTo(Verdict.IDENTICAL);
    }

    @Test
    void times_of_entries_are_metadata() {
        isMetadata(against(changed(entry -> entry.date = 0x5b41)), "zip.time");
    }

    @Test
    void unix_times_in_extra_fields_are_metadata() {
        isMetadata(against(changed(entry -> entry.extra = new byte[] {0x55, 0x54, 5, 0, 1, 1, 2, 3, 4})), "zip.time");
    }

    @Test
    void level_and_method_of_compression_are_metadata() {
        isMetadata(against(changed(entry -> entry.level = Deflater.NO_COMPRESSION)), "zip.compression");
        isMetadata(against(changed(entry -> entry.stored = true)), "zip.compression");
    }

    @Test
    void the_order_of_entries_is_metadata() {
        Zip other = new Zip();
        other.add("b.bin", "second");
        other.add("a.bin", TEXT);
        isMetadata(against(other), "zip.order");
    }

    @Test
    void comments_are_metadata_and_shown() {
        Result result = against(changed(entry -> entry.comment = "hello").comment("whole"));
        isMetadata(result, "zip.comment");
        assertThat(result.findings()).anyMatch(finding -> "'hello'".equals(finding.after()));
    }

    @Test
    void a_comment_that_tells_a_loader_to_unpack_is_functional() {
        isFunctional(against("x.jar", changed(entry -> entry.comment = "UNPACK:hash")), "zip.loader-comment");
    }

    @Test
    void compressing_a_jar_inside_a_jar_is_functional_as_loaders_read_it_in_place() {
        Zip stored = new Zip();
        stored.add("BOOT-INF/lib/money.jar", plain().bytes()).stored = true;
        Zip compressed = new Zip();
        compressed.add("BOOT-INF/lib/money.jar", plain().bytes());

        isFunctional(Told.of("x.jar", stored.bytes(), compressed.bytes()), "zip.nested-stored");
        isMetadata(Told.of("x.zip", stored.bytes(), compressed.bytes()), "zip.compression");
    }

    @Test
    void an_entry_for_a_plain_directory_is_metadata() {
        Zip other = plain();
        other.add("dir/", "").stored = true;
        isMetadata(against(other), "zip.directory-entry");
    }

    @Test
    void a_mode_that_any_unpacker_gives_is_metadata() {
        isMetadata(against(changed(entry -> entry.mode = 0100664)), "zip.mode-umask");
    }

    @Test
    void an_execute_bit_and_setuid_are_functional_also_in_a_jar() {
        isFunctional(against("x.jar", changed(entry -> entry.mode = 0100755)), "zip.mode");
        isFunctional(against(changed(entry -> entry.mode = 0104644)), "zip.mode");
    }

    @Test
    void other_content_is_functional() {
        Zip other = new Zip();
        other.add("a.bin", TEXT.replace("line", "lime"));
        other.add("b.bin", "second");
        isFunctional(against(other), "content.differs");
    }

    @Test
    void an_added_file_is_functional() {
        Zip other = plain();
        other.add("c.bin", "third");
        isFunctional(against(other), "content.added");
    }

    @Test
    void a_duplicate_entry_is_functional_even_with_the_same_content() {
        Zip other = plain();
        other.add("b.bin", "second");
        isFunctional(against(other), "zip.duplicate");
    }

    @Test
    void the_order_of_duplicates_is_functional() {
        Zip one = new Zip();
        one.add("a", "1");
        one.add("a", "2");
        Zip other = new Zip();
        other.add("a", "2");
        other.add("a", "1");
        assertThat(Told.of("x.zip", one.bytes(), other.bytes()).verdict()).isEqualTo(Verdict.FUNCTIONAL);
    }

    @Test
    void bytes_before_between_and_after_are_functional() {
        isFunctional(against(plain().prefix("#!/bin/sh\n")), "zip.prefix");
        isFunctional(against(plain().suffix("tail")), "zip.trailing");
        Zip other = new Zip();
        other.add("a.bin", TEXT);
        other.add("b.bin", "second").before = "hidden".getBytes(StandardCharsets.US_ASCII);
        isFunctional(against(other), "zip.gap");
    }

    @Test
    void an_own_header_that_disagrees_is_functional() {
        isFunctional(
                against(changed(entry -> entry.localName = "z.bin".getBytes(StandardCharsets.US_ASCII))),
                "zip.local-header");
    }

    @Test
    void an_unknown_extra_field_is_functional() {
        isFunctional(against(changed(entry -> entry.extra = new byte[] {1, 2, 1, 0, 9})), "zip.extra");
    }

    @Test
    void bytes_behind_the_end_of_compressed_data_are_undecided() {
        Result result = against(changed(entry -> entry.hidden = new byte[] {1, 2, 3}));
        assertThat(result.verdict()).isEqualTo(Verdict.UNDECIDED);
    }

    @Test
    void an_encrypted_entry_is_undecided() {
        assertThat(against(changed(entry -> entry.flags = 1)).verdict()).isEqualTo(Verdict.UNDECIDED);
    }

    @Test
    void a_truncated_archive_is_undecided() {
        byte[] whole = plain().bytes();
        Result result = Told.of("x.zip", whole, java.util.Arrays.copyOf(whole, whole.length - 10));
        assertThat(result.verdict()).isEqualTo(Verdict.UNDECIDED);
        assertThat(result.findings().getFirst().note()).contains("cut off");
    }

    @Test
    void a_bomb_ends_at_the_bound_and_is_undecided() {
        Zip bomb = new Zip();
        bomb.add("zeros", new byte[64 * 1024 * 1024]).level = 9;
        Zip other = new Zip();
        byte[] zeros = new byte[64 * 1024 * 1024];
        zeros[5] = 1;
        other.add("zeros", zeros).level = 9;
        Bounds bounds = new Bounds(1000, 20_000_000, 1100, 10, 100);
        Result result = Told.of("x.zip", bomb.bytes(), other.bytes(), bounds);
        assertThat(result.verdict()).isEqualTo(Verdict.UNDECIDED);
        assertThat(Told.rules(result)).contains("analysis.bound");
    }

    @Test
    void archives_inside_archives_are_opened() {
        Zip inner = changed(entry -> entry.date = 0x5b41);
        Zip first = new Zip();
        first.add("in.zip", plain().bytes());
        Zip second = new Zip();
        second.add("in.zip", inner.bytes());
        Result result = Told.of("x.zip", first.bytes(), second.bytes());
        isMetadata(result, "zip.time");
        assertThat(result.findings()).anyMatch(finding -> finding.place().equals("in.zip!/a.bin: time"));
    }

    @Test
    void another_version_of_a_library_is_a_dependency() {
        Zip first = new Zip();
        first.add("WEB-INF/lib/money-1.2.jar", plain().bytes());
        Zip second = new Zip();
        second.add("WEB-INF/lib/money-1.3.jar", changed(e -> e.mode = 0100755).bytes());
        Result result = Told.of("x.war", first.bytes(), second.bytes());
        assertThat(result.verdict()).isEqualTo(Verdict.DEPENDENCY);
        assertThat(Told.rules(result)).contains("dependency.version");
    }

    @Test
    void a_list_of_hashes_follows_the_files_that_it_names() throws Exception {
        byte[] one = plain().bytes();
        byte[] two = changed(entry -> entry.date = 0x5b41).bytes();
        Result result = Told.of("x.zip", listed(one), listed(two));
        isMetadata(result, "hash.reference");
    }

    private static byte[] listed(byte[] inner) throws Exception {
        byte[] hash = java.security.MessageDigest.getInstance("SHA-256").digest(inner);
        Zip zip = new Zip();
        zip.add("in.zip", inner);
        zip.add("SHA256SUMS", java.util.HexFormat.of().formatHex(hash) + "  in.zip\n");
        return zip.bytes();
    }
}
