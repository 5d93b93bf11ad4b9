package dev.waybill.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.core.json.Json;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A repository on its way into a directory, and back: all of it, whatever interrupts, readable by other tools. */
@Tag("long")
class RegistryExportTest {
    private static final ApplicationName LARGE = new ApplicationName("large");

    @TempDir
    Path directory;

    private Wharf wharf;

    @BeforeEach
    void start() {
        wharf = new Wharf(directory);
    }

    @AfterEach
    void stop() {
        wharf.close();
    }

    private Path out(String name) {
        return directory.resolve("desk").resolve(name);
    }

    private Path blob(String name, Digest digest) {
        return out(name).resolve("blobs/sha256").resolve(digest.hex());
    }

    @Test
    void a_repository_goes_out_whole_and_comes_back_the_same_and_the_same_bytes_go_out_again() {
        wharf.fill(Wharf.SHOP);

        wharf.desk.run("registry", "export", "shop", "out").done();
        wharf.desk.run("registry", "import", "out", "shop-again").done();
        wharf.desk.run("registry", "export", "shop-again", "again").done();

        assertThat(wharf.listing("shop")).hasSize(9);
        assertThat(wharf.listing("shop-again")).isEqualTo(wharf.listing("shop"));
        Map<String, Digest> first = Wharf.tree(out("out"));
        Map<String, Digest> second = Wharf.tree(out("again"));
        first.remove("index.json");
        second.remove("index.json");
        assertThat(second).isEqualTo(first);
        wharf.desk.run("registry", "export", "shop", "third").done();
        assertThat(Wharf.tree(out("third"))).isEqualTo(Wharf.tree(out("out")));
        assertThat(out("again").resolve("index.json")).content().contains("\"dev.waybill.repository\":\"shop-again\"");
    }

    @Test
    void what_lies_there_whole_is_not_fetched_again_and_what_is_damaged_is() throws IOException {
        byte[] one = wharf.fill(Wharf.SHOP);
        wharf.desk.run("registry", "export", "shop", "out").done();
        Map<String, Digest> before = Wharf.tree(out("out"));
        Files.delete(out("out").resolve("index.json"));
        Files.delete(blob("out", Digest.sha256(Wharf.random(1, 20_000))));
        Files.write(blob("out", Digest.sha256(Wharf.random(2, 30_000))), Wharf.random(9, 30_000));
        Files.write(blob("out", Digest.sha256(one)), new byte[3]);
        Files.writeString(out("out").resolve("blobs/sha256/.waybill-1.part"), "half");

        JsonNode again =
                wharf.desk.json("registry", "export", "shop", "out").done().json();

        assertThat(again.path("fetched").asInt()).isEqualTo(3);
        assertThat(again.path("fetchedBytes").asInt()).isEqualTo(50_000 + one.length);
        assertThat(Wharf.tree(out("out"))).isEqualTo(before);
        assertThat(wharf.desk
                        .json("registry", "export", "shop", "out")
                        .done()
                        .json()
                        .path("fetched")
                        .asInt())
                .isZero();
    }

    @Test
    void an_export_that_was_killed_leaves_no_half_file_under_a_name_and_goes_on() {
        for (int i = 0; i < 12; i++) {
            wharf.image(LARGE, i, 3_000_000, null);
        }
        Kills kills = Kills.begin();
        for (int round = 0; round < kills.rounds(); round++) {
            int there = Wharf.files(out("out/blobs")).size();
            try (LiveProcess export = wharf.desk.start("export", "registry", "export", "large", "out")) {
                export.until(
                        "writes more, or ends",
                        () -> Wharf.files(out("out/blobs")).size() > there + 2 || Files.exists(out("out/index.json")));
                export.kill();
            } catch (AssertionError e) {
                assertThat(out("out/index.json")).as(e.getMessage()).exists();
            }
            requireWholeFiles();
        }

        wharf.desk.run("registry", "export", "large", "out").done();

        requireWholeFiles();
        assertThat(Wharf.files(out("out"))).noneMatch(file -> file.toString().endsWith(".part"));
        wharf.desk.run("registry", "import", "out", "large-again").done();
        assertThat(wharf.listing("large-again")).isEqualTo(wharf.listing("large"));
    }

    private void requireWholeFiles() {
        for (Path file : Wharf.files(out("out/blobs"))) {
            String name = file.getFileName().toString();
            if (!name.endsWith(".part")) {
                try {
                    assertThat(Digest.sha256(Files.readAllBytes(file)).hex()).isEqualTo(name);
                } catch (NoSuchFileException e) {
                    throw new AssertionError(e);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    @Test
    void a_later_export_into_the_same_directory_adds_what_is_new() {
        wharf.fill(Wharf.SHOP);
        wharf.desk.run("registry", "export", "shop", "out").done();
        byte[] young = wharf.image(Wharf.SHOP, 50, 700, null);
        wharf.tag(Wharf.SHOP, "2.0", Wharf.IMAGE, young);

        JsonNode later =
                wharf.desk.json("registry", "export", "shop", "out").done().json();

        assertThat(later.path("fetched").asInt()).isEqualTo(3);
        assertThat(out("out").resolve("index.json")).content().contains("\"2.0\"");
    }

    @Test
    void what_is_no_place_for_an_export_is_refused() throws IOException {
        wharf.fill(Wharf.SHOP);
        wharf.image(LARGE, 1, 10, null);
        Files.createDirectories(out("full"));
        Files.writeString(out("full").resolve("notes.txt"), "mine");
        wharf.desk.run("registry", "export", "large", "other").done();
        Files.createDirectories(out("linked"));
        Files.createDirectories(directory.resolve("elsewhere"));
        Files.createSymbolicLink(out("linked").resolve("blobs"), directory.resolve("elsewhere"));
        Files.writeString(out("linked").resolve("oci-layout"), "{}");

        wharf.desk.run("registry", "export", "nothing", "new").refused(1, "NAME_UNKNOWN");
        wharf.desk.run("registry", "export", "shop", "full").refused(1, "EXPORT_EXISTS");
        wharf.desk.run("registry", "export", "shop", "other").refused(1, "EXPORT_EXISTS");
        wharf.desk.run("registry", "export", "shop", "linked").refused(2, "LAYOUT_INVALID");

        assertThat(out("new")).doesNotExist();
        assertThat(Wharf.files(directory.resolve("elsewhere"))).isEmpty();
        assertThat(out("full").resolve("notes.txt")).content().isEqualTo("mine");
    }

    @Test
    void two_exports_do_not_write_into_one_directory() throws IOException {
        wharf.fill(Wharf.SHOP);
        wharf.desk.run("registry", "export", "shop", "out").done();
        try (FileChannel other = FileChannel.open(out("out").resolve("oci-layout"), StandardOpenOption.WRITE)) {
            assertThat(other.tryLock()).isNotNull();

            wharf.desk.run("registry", "export", "shop", "out").refused(1, "EXPORT_RUNNING");
        }
        wharf.desk.run("registry", "export", "shop", "out").done();
    }

    @Test
    void a_part_that_the_disk_lost_is_named_and_nothing_is_called_whole() throws IOException {
        wharf.fill(Wharf.SHOP);
        Digest lost = Digest.sha256(Wharf.random(2, 30_000));
        Files.delete(directory
                .resolve("data/blobs/sha256")
                .resolve(lost.hex().substring(0, 2))
                .resolve(lost.hex()));

        wharf.desk
                .run("registry", "export", "shop", "out")
                .refused(1, "EXPORT_INCOMPLETE")
                .find(lost.hex());

        assertThat(out("out").resolve("index.json")).doesNotExist();
    }

    @Test
    void of_a_repository_that_may_be_sparse_goes_out_what_is_there_and_no_import_calls_that_whole() {
        ApplicationName scratch = new ApplicationName("scratch/shop");
        byte[] there = wharf.image(scratch, 1, 100, null);
        byte[] never = wharf.image(Wharf.SHOP, 2, 100, null);
        wharf.tag(scratch, "1", Wharf.INDEX, wharf.index(scratch, Wharf.IMAGE, there, never));

        Ran ran = wharf.desk.run("registry", "export", "scratch/shop", "out").done();

        assertThat(ran.err()).contains("1 part that manifests name", "2 manifests, 2 blobs, 1 tag");
        wharf.desk
                .run("registry", "import", "out", "whole")
                .refused(2, "LAYOUT_INVALID")
                .find(Digest.sha256(never).hex());
    }

    @Test
    void skopeo_and_oras_read_what_was_exported() throws Exception {
        byte[] one = wharf.fill(Wharf.SHOP);
        wharf.desk.run("registry", "export", "shop", "out").done();
        Program skopeo = new Program(RealParts.program("skopeo"), out("home"), Map.of());
        String layout = "oci:" + out("out") + ":";

        Program.Ran raw = skopeo.run(List.of("inspect", "--raw", layout + "1.0"));
        assertThat(raw.text().strip()).isEqualTo(new String(one, java.nio.charset.StandardCharsets.UTF_8));
        Program.Ran all = skopeo.run(
                List.of("--insecure-policy", "copy", "--all", layout + "multi", "dir:" + directory.resolve("copied")));
        assertThat(all.exit()).as(all.text()).isZero();
        assertThat(directory
                        .resolve("copied")
                        .resolve(Digest.sha256(Wharf.random(2, 30_000)).hex()))
                .exists();
        assertThat(Json.parse(skopeo.run(List.of("inspect", "--raw", layout + "nested"))
                                .text()
                                .getBytes(java.nio.charset.StandardCharsets.UTF_8))
                        .path("manifests")
                        .path(0)
                        .path("mediaType")
                        .asString())
                .isEqualTo(Wharf.INDEX);

        Program oras = new Program(RealParts.program("oras"), out("home"), Map.of());
        Program.Ran discovered = oras.run(List.of("discover", "--oci-layout", out("out") + ":1.0"));
        assertThat(discovered.exit()).as(discovered.text()).isZero();
        assertThat(discovered.text()).contains("application/vnd.example.sign+json");
    }
}
