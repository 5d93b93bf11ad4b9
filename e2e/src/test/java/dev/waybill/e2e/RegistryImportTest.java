package dev.waybill.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.Version;
import dev.waybill.server.identity.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Layouts on their way into a repository: those of other tools, those that are interrupted, those that are not let in. */
@Tag("long")
class RegistryImportTest {
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

    private Digest pointed(String repository, String tag) {
        return wharf.client
                .registry()
                .find(new ApplicationName(repository), tag)
                .orElseThrow();
    }

    private void works(String program, String... arguments) throws Exception {
        Program.Ran ran =
                new Program(RealParts.program(program), directory.resolve("home"), Map.of()).run(List.of(arguments));
        assertThat(ran.exit()).as(ran.text()).isZero();
    }

    @Test
    void what_skopeo_wrote_goes_in_with_all_platforms() throws Exception {
        wharf.fill(Wharf.SHOP);
        works(
                "skopeo",
                "--insecure-policy",
                "copy",
                "--all",
                "--preserve-digests",
                "--src-tls-verify=false",
                "--src-creds=any:" + wharf.token,
                "docker://" + wharf.host() + "/shop:multi",
                "oci:" + out("layout") + ":9.1");

        wharf.desk.run("registry", "import", "layout", "from-skopeo").done();

        assertThat(pointed("from-skopeo", "9.1")).isEqualTo(pointed("shop", "multi"));
        assertThat(wharf.listing("from-skopeo")).hasSize(3);
    }

    @Test
    void what_oras_wrote_goes_in_with_what_is_said_about_it() throws Exception {
        wharf.fill(Wharf.SHOP);
        works(
                "oras",
                "copy",
                "-r",
                "--from-plain-http",
                "--from-username=any",
                "--from-password=" + wharf.token,
                "--to-oci-layout",
                wharf.host() + "/shop:1.0",
                out("layout") + ":1.0");

        wharf.desk.run("registry", "import", "layout", "from-oras").done();

        assertThat(pointed("from-oras", "1.0")).isEqualTo(pointed("shop", "1.0"));
        assertThat(wharf.listing("from-oras")).hasSize(2);
        assertThat(new String(
                        wharf.client.connection().bytes("/v2/from-oras/referrers/" + pointed("shop", "1.0")),
                        java.nio.charset.StandardCharsets.UTF_8))
                .contains("application/vnd.example.sign+json");
    }

    @Test
    void what_crane_wrote_goes_in() throws Exception {
        wharf.fill(Wharf.SHOP);
        works("crane", "auth", "login", wharf.host(), "-u", "any", "-p", wharf.token);
        works(
                "crane",
                "pull",
                "--insecure",
                "--format=oci",
                "--annotate-ref",
                wharf.host() + "/shop:nested",
                out("layout").toString());

        wharf.desk.run("registry", "import", "layout", "from-crane").done();

        assertThat(pointed("from-crane", "nested")).isEqualTo(pointed("shop", "nested"));
        assertThat(wharf.listing("from-crane")).hasSize(4);
    }

    @Test
    void the_same_once_more_pushes_nothing() {
        wharf.fill(Wharf.SHOP);
        wharf.desk.run("registry", "export", "shop", "out").done();
        JsonNode first =
                wharf.desk.json("registry", "import", "out", "again").done().json();
        Map<Digest, List<Version>> listing = wharf.listing("again");

        JsonNode second =
                wharf.desk.json("registry", "import", "out", "again").done().json();

        assertThat(first.path("pushedManifests").asInt()).isEqualTo(9);
        assertThat(second.path("pushedManifests").asInt()).isZero();
        assertThat(second.path("pushedBlobs").asInt()).isZero();
        assertThat(wharf.listing("again")).isEqualTo(listing);
    }

    @Test
    void a_tag_that_names_other_bytes_stays_and_all_else_goes_in() {
        wharf.fill(Wharf.SHOP);
        wharf.desk.run("registry", "export", "shop", "out").done();
        ApplicationName taken = new ApplicationName("taken");
        byte[] other = wharf.image(taken, 77, 100, null);
        wharf.tag(taken, "1.0", Wharf.IMAGE, other);

        Ran ran = wharf.desk.run("registry", "import", "out", "taken").exits(1);

        assertThat(ran.err())
                .contains("The tag 1.0 was not set to " + pointed("shop", "1.0"), "TAG_IMMUTABLE", "1 tag refused");
        assertThat(pointed("taken", "1.0")).isEqualTo(Digest.sha256(other));
        assertThat(pointed("taken", "1.0.0")).isEqualTo(pointed("shop", "1.0"));
        assertThat(wharf.listing("taken")).hasSize(10);
    }

    @Test
    void evidence_that_stands_under_a_fallback_tag_is_not_replaced() {
        byte[] one = wharf.fill(Wharf.SHOP);
        wharf.desk.run("registry", "export", "shop", "out").done();
        ApplicationName signed = new ApplicationName("signed");
        String tag = "sha256-" + Digest.sha256(one).hex() + ".sig";
        byte[] ours = wharf.image(signed, 78, 100, null);
        wharf.tag(signed, tag, Wharf.IMAGE, ours);

        Ran ran = wharf.desk.run("registry", "import", "out", "signed").exits(1);

        assertThat(ran.err()).contains("The tag " + tag + " was not set", "evidence stands there already");
        assertThat(pointed("signed", tag)).isEqualTo(Digest.sha256(ours));
        assertThat(pointed("signed", "1.0")).isEqualTo(Digest.sha256(one));
    }

    @Test
    void nothing_is_pushed_of_a_layout_that_is_wrong_in_one_place() throws IOException {
        wharf.fill(Wharf.SHOP);
        wharf.desk.run("registry", "export", "shop", "out").done();
        Path blob = out("out")
                .resolve("blobs/sha256")
                .resolve(Digest.sha256(Wharf.random(7, 200)).hex());
        Files.write(blob, Wharf.random(8, 200));

        wharf.desk
                .run("registry", "import", "out", "never")
                .refused(2, "LAYOUT_INVALID")
                .find(blob.getFileName().toString());
        wharf.desk.run("registry", "import", "nowhere", "never").refused(2, "LAYOUT_INVALID");

        wharf.desk.run("registry", "export", "never", "none").refused(1, "NAME_UNKNOWN");
    }

    @Test
    void whoever_may_not_push_is_told_so() {
        wharf.fill(Wharf.SHOP);
        wharf.desk.run("registry", "export", "shop", "out").done();

        wharf.desk
                .with("WAYBILL_TOKEN", wharf.token("reader", Role.VIEWER))
                .run("registry", "import", "out", "never")
                .refused(1, "REGISTRY_DENIED");
    }

    @Test
    void an_import_that_was_killed_goes_on_where_it_was() {
        ApplicationName large = new ApplicationName("large");
        List<byte[]> images = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            images.add(wharf.image(large, i, 3_000_000, null));
        }
        wharf.tag(large, "all", Wharf.INDEX, wharf.index(large, Wharf.IMAGE, images.toArray(byte[][]::new)));
        wharf.desk.run("registry", "export", "large", "out").done();
        Path stored = directory.resolve("data/blobs");
        Kills kills = Kills.begin();
        for (int round = 0; round < kills.rounds(); round++) {
            try (LiveProcess process = wharf.desk.start("import", "registry", "import", "out", "large-" + round)) {
                kills.during(round, "import", process::kill);
            }
        }
        assertThat(Wharf.files(stored)).isNotEmpty();

        for (int round = 0; round < kills.rounds(); round++) {
            String again = "large-" + round;
            wharf.desk.run("registry", "import", "out", again).done();
            assertThat(wharf.listing(again)).as(kills.toString()).isEqualTo(wharf.listing("large"));
        }
        wharf.desk.run("registry", "export", "large-0", "again").done();
        assertThat(Wharf.tree(out("again/blobs"))).isEqualTo(Wharf.tree(out("out/blobs")));
    }
}
