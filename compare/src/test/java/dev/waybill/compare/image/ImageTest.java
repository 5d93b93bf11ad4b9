package dev.waybill.compare.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.compare.Result;
import dev.waybill.compare.kit.Images;
import dev.waybill.compare.kit.Images.File;
import dev.waybill.compare.kit.Told;
import dev.waybill.compare.verdict.Verdict;
import org.junit.jupiter.api.Test;

class ImageTest {
    private static final String STATUS =
            "Package: curl\nStatus: install ok installed\nVersion: %s\n\nPackage: tar\nStatus: install ok installed\nVersion: 1\n";

    private static Images image() {
        return new Images()
                .layer(File.of("etc/os-release", "ID=x"), File.of("bin/sh", "shell"))
                .layer(File.of("app/a", "1"));
    }

    private static Images application(File... files) {
        return new Images()
                .layer(File.of("etc/os-release", "ID=x"), File.of("bin/sh", "shell"))
                .layer(files);
    }

    private static void is(Images first, Images second, Verdict verdict, String rule) {
        Result result = Told.of("image.tar", first.bytes(), second.bytes());
        assertThat(result.verdict()).describedAs("%s", result.findings()).isEqualTo(verdict);
        assertThat(Told.rules(result)).contains(rule);
        assertThat(result.proof() != null).isEqualTo(verdict.benign());
    }

    @Test
    void when_it_was_made_is_metadata() {
        is(image(), image().created("2026-02-02T00:00:00Z"), Verdict.METADATA, "image.time");
    }

    @Test
    void times_of_files_in_layers_are_metadata() {
        Images later = new Images()
                .layer(9_000_000, File.of("etc/os-release", "ID=x"), File.of("bin/sh", "shell"))
                .layer(9_000_000, File.of("app/a", "1"));
        is(image(), later, Verdict.METADATA, "tar.time");
    }

    @Test
    void the_number_of_layers_is_metadata_when_the_files_are_the_same() {
        Images split = image().layer(File.of("tmp", "t")).layer(File.of(".wh.tmp", ""));
        Images one = application(File.of("app/a", "1"));
        Images two = application(File.of("app/a", "0")).layer(File.of("app/a", "1"));
        is(one, two, Verdict.METADATA, "image.layers");
        // A file that came and went still lies in the image, and is told.
        assertThat(Told.of("image.tar", image().bytes(), split.bytes()).verdict())
                .isEqualTo(Verdict.FUNCTIONAL);
    }

    @Test
    void the_environment_is_functional() {
        is(image(), image().config("\"Env\":[\"A=2\"]"), Verdict.FUNCTIONAL, "image.configuration");
        is(image(), image().config("\"Env\":[\"A=1\"],\"User\":\"0\""), Verdict.FUNCTIONAL, "image.configuration");
    }

    @Test
    void a_file_of_the_application_is_functional() {
        is(image(), application(File.of("app/a", "2")), Verdict.FUNCTIONAL, "content.differs");
        is(image(), application(new File("app/a", "1", 0104755)), Verdict.FUNCTIONAL, "tar.mode");
    }

    @Test
    void another_base_system_is_base_drift() {
        Images other = new Images()
                .layer(File.of("etc/os-release", "ID=x 2"), File.of("bin/sh", "newer shell"), File.of("bin/new", "n"))
                .layer(File.of("app/a", "1"));
        is(image(), other, Verdict.BASE, "image.base");
    }

    @Test
    void a_single_layer_is_no_base() {
        Images one = new Images().layer(File.of("etc/os-release", "ID=x"), File.of("app/a", "1"));
        Images two = new Images().layer(File.of("etc/os-release", "ID=x"), File.of("app/a", "2"));
        is(one, two, Verdict.FUNCTIONAL, "content.differs");
    }

    @Test
    void another_version_of_a_package_is_a_dependency_and_the_same_version_with_other_bytes_is_not() {
        Images first = packaged("7.1", "curl one");
        is(first, packaged("7.2", "curl two"), Verdict.DEPENDENCY, "image.package");
        is(first, packaged("7.1", "curl two"), Verdict.FUNCTIONAL, "content.differs");
    }

    private static Images packaged(String version, String content) {
        return application(
                File.of("var/lib/dpkg/status", STATUS.formatted(version)),
                File.of("var/lib/dpkg/info/curl.list", "/.\n/usr/bin/curl\n"),
                File.of("usr/bin/curl", content),
                File.of("var/log/dpkg.log", version + content));
    }

    @Test
    void a_blob_that_lies_is_no_image() {
        byte[] bytes = image().bytes();
        byte[] lying = bytes.clone();
        int at = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf("\"A=1\"");
        lying[at + 3] = '2';
        assertThat(Told.of("image.tar", bytes, lying).verdict()).isGreaterThanOrEqualTo(Verdict.FUNCTIONAL);
    }
}
