package dev.waybill.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.api.registry.CopyRequest;
import dev.waybill.core.json.Json;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.Digest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** From real registries, with all that is said about an image there, and with the record of where it came from. */
@Tag("long")
class RegistryCopyTest {
    @TempDir
    Path directory;

    private Wharf wharf;
    private byte[] one;

    @BeforeEach
    void start() {
        wharf = new Wharf(directory);
        one = wharf.fill(Wharf.SHOP);
    }

    @AfterEach
    void stop() {
        wharf.close();
    }

    private void works(String program, String... arguments) throws Exception {
        Program.Ran ran =
                new Program(RealParts.program(program), directory.resolve("home"), Map.of()).run(List.of(arguments));
        assertThat(ran.exit()).as(ran.text()).isZero();
    }

    /** An image with its referrer, and the signature that has only a tag, brought there by other people's clients. */
    private void stock(OtherPort other, String user) throws Exception {
        works("crane", "auth", "login", wharf.host(), "-u", "any", "-p", wharf.token);
        if (!user.isEmpty()) {
            works("crane", "auth", "login", other.host(), "-u", user, "-p", OtherPort.PASSWORD);
        }
        works(
                "oras",
                "copy",
                "-r",
                "--from-plain-http",
                "--to-plain-http",
                wharf.host() + "/shop:1.0",
                other.host() + "/team/shop:1.0");
        String signature = ":sha256-" + Digest.sha256(one).hex() + ".sig";
        works(
                "crane",
                "copy",
                "--insecure",
                wharf.host() + "/shop" + signature,
                other.host() + "/team/shop" + signature);
        works("crane", "copy", "--insecure", wharf.host() + "/shop:nested", other.host() + "/team/shop:nested");
    }

    private String referrers(String repository) {
        return new String(
                wharf.client.connection().bytes("/v2/" + repository + "/referrers/" + Digest.sha256(one)),
                StandardCharsets.UTF_8);
    }

    private void copiedWhole(OtherPort other, String... more) {
        String[] command = {
            "registry", "copy", "--plain-http", other.host() + "/team/shop:1.0", "copied", "--tag", "7.1"
        };
        String[] all = java.util.stream.Stream.of(command, more)
                .flatMap(java.util.stream.Stream::of)
                .toArray(String[]::new);

        wharf.desk.run(all).done();

        Digest digest = Digest.sha256(one);
        assertThat(wharf.listing("copied")).hasSize(3).containsKey(digest);
        assertThat(wharf.client.registry().find(new ApplicationName("copied"), "7.1"))
                .contains(digest);
        assertThat(wharf.client.registry().find(new ApplicationName("copied"), "sha256-" + digest.hex() + ".sig"))
                .isPresent();
        assertThat(referrers("copied")).contains("application/vnd.example.sign+json");
        JsonNode again = wharf.desk.json(all).done().json().path("pushed");
        assertThat(again.path("pushedBlobs").asInt()).isZero();
        assertThat(again.path("pushedManifests").asInt()).isZero();
    }

    @Test
    void from_distribution_which_lists_no_referrers() throws Exception {
        try (OtherPort other = OtherPort.distribution(directory, "docker-registry")) {
            stock(other, "");
            copiedWhole(other);
        }
    }

    @Test
    void from_distributions_own_newest() throws Exception {
        try (OtherPort other = OtherPort.distribution(directory, "registry")) {
            stock(other, "");
            copiedWhole(other);
        }
    }

    @Test
    void from_zot_which_lists_referrers_and_wants_a_password() throws Exception {
        try (OtherPort other = OtherPort.zot(directory)) {
            stock(other, "reader");
            wharf.desk
                    .run("registry", "copy", "--plain-http", other.host() + "/team/shop:1.0", "copied")
                    .refused(1, "REMOTE_DENIED");
            assertThat(wharf.desk
                            .type(
                                    OtherPort.PASSWORD + "\n",
                                    "registry",
                                    "copy",
                                    "--plain-http",
                                    other.host() + "/team/shop:nested",
                                    "nested",
                                    "--user",
                                    "reader",
                                    "--password-stdin")
                            .done()
                            .err())
                    .contains("waybill register nested@sha256:");
            assertThat(wharf.listing("nested")).hasSizeGreaterThanOrEqualTo(5);
            Path auth = directory.resolve("auth.json");
            String coded = Base64.getEncoder()
                    .encodeToString(("reader:" + OtherPort.PASSWORD).getBytes(StandardCharsets.UTF_8));
            Files.writeString(auth, "{\"auths\":{\"" + other.host() + "\":{\"auth\":\"" + coded + "\"}}}");
            copiedWhole(other, "--auth-file", auth.toString());
        }
    }

    @Test
    void from_another_waybill_by_a_short_token_and_it_stands_in_the_history() throws Exception {
        try (Wharf other = new Wharf(Files.createDirectories(directory.resolve("other")))) {
            byte[] there = other.fill(new ApplicationName("team/shop"));
            String coded = Base64.getEncoder().encodeToString(("any:" + other.token).getBytes(StandardCharsets.UTF_8));
            Files.writeString(
                    directory.resolve("auth.json"),
                    "{\"auths\":{\"" + other.host() + "\":{\"auth\":\"" + coded + "\"}}}");

            wharf.desk
                    .run("registry", "copy", "--plain-http", other.host() + "/team/shop:1.0", "copied")
                    .done();

            Digest digest = Digest.sha256(there);
            wharf.desk
                    .run("register", "copied@" + digest, "--application", "copied", "--commit", "c".repeat(40))
                    .done();
            String traced = wharf.desk.run("trace", digest.toString()).done().out();
            assertThat(traced).contains("copied from " + other.host() + "/team/shop:1.0, as mover says");
            JsonNode said = Json.parse(wharf.client
                    .connection()
                    .bytes("/api/v1/statements/"
                            + wharf.client
                                    .storage()
                                    .copied(new CopyRequest(
                                            new ApplicationName("copied"), digest, other.host() + "/team/shop", "1.0"))
                                    .statement()));
            assertThat(said.toString()).contains("dsseEnvelope");
            wharf.desk.run("ledger", "verify").done();
        }
    }

    @Test
    void what_is_not_there_or_is_written_wrong_is_refused_and_leaves_nothing() throws Exception {
        try (OtherPort other = OtherPort.distribution(directory, "docker-registry")) {
            wharf.desk
                    .run("registry", "copy", "--plain-http", other.host() + "/team/shop:9", "copied")
                    .refused(1, "REMOTE_UNKNOWN");
            wharf.desk.run("registry", "copy", "shop:9", "copied").refused(2, "REFERENCE_INVALID");
            wharf.desk
                    .run("registry", "copy", other.host() + "/team/shop:9", "copied")
                    .refused(3, "REMOTE_UNREACHABLE");
            wharf.desk
                    .run("registry", "copy", other.host() + "/team/shop:9", "copied", "--user", "reader")
                    .refused(2, "CREDENTIALS_INCOMPLETE");
        }
        wharf.desk.run("registry", "export", "copied", "none").refused(1, "NAME_UNKNOWN");
    }

    @Test
    void a_copy_that_was_killed_goes_on_where_it_was() throws Exception {
        try (Wharf other = new Wharf(Files.createDirectories(directory.resolve("other")))) {
            ApplicationName large = new ApplicationName("large");
            byte[][] images = new byte[10][];
            for (int i = 0; i < images.length; i++) {
                images[i] = other.image(large, i, 3_000_000, null);
            }
            byte[] index = other.index(large, Wharf.IMAGE, images);
            other.tag(large, "all", Wharf.INDEX, index);
            String coded = Base64.getEncoder().encodeToString(("any:" + other.token).getBytes(StandardCharsets.UTF_8));
            Files.writeString(
                    directory.resolve("auth.json"),
                    "{\"auths\":{\"" + other.host() + "\":{\"auth\":\"" + coded + "\"}}}");
            String[] command = {"registry", "copy", "--plain-http", other.host() + "/large:all", "large"};
            Kills kills = Kills.begin();
            for (int round = 0; round < kills.rounds(); round++) {
                try (LiveProcess copy = wharf.desk.start("copy", command)) {
                    kills.during(round, "copy", copy::kill);
                }
            }

            wharf.desk.run(command).done();

            assertThat(wharf.listing("large").keySet())
                    .as(kills.toString())
                    .isEqualTo(other.listing("large").keySet());
            assertThat(wharf.desk
                            .run("registry", "export", "large", "out")
                            .done()
                            .err())
                    .contains("11 manifests");
        }
    }
}
