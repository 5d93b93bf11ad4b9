package dev.waybill.cli.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.core.name.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written on the command line, and the log-ins that go with it. */
class RemoteNameTest {
    @TempDir
    Path directory;

    @Test
    void a_place_has_a_host_and_what_is_asked_for_is_a_tag_or_a_digest() {
        Digest digest = Digest.sha256(new byte[0]);
        assertThat(RemoteName.parse("registry.example.com/team/shop:1.0"))
                .isEqualTo(new RemoteName("registry.example.com", "team/shop", "1.0", null));
        assertThat(RemoteName.parse("localhost:5000/shop"))
                .isEqualTo(new RemoteName("localhost:5000", "shop", "latest", null));
        assertThat(RemoteName.parse("r.example/shop:1.0@" + digest))
                .isEqualTo(new RemoteName("r.example", "shop", null, digest));
        assertThat(RemoteName.parse("docker.io/alpine:3").place()).isEqualTo("docker.io/library/alpine");
        assertThat(RemoteName.parse("[::1]:5000/shop").authority()).isEqualTo("[::1]:5000");
        for (String text : List.of(
                "shop",
                "team/shop:1.0",
                "https://r.example/shop",
                "r.example/Shop",
                "r.example/shop:",
                "r.example/shop@sha256:12",
                "user@r.example/shop",
                "r.example/../shop",
                "r.example/shop?x=y",
                "r.example/shop@sha512:" + "a".repeat(128))) {
            assertThatThrownBy(() -> RemoteName.parse(text))
                    .as(text)
                    .hasMessageMatching("(?s).*(REFERENCE_INVALID|DIGEST_INVALID).*");
        }
    }

    private static String auth(String text) {
        return "{\"auth\":\"" + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)) + "\"}";
    }

    @Test
    void the_longest_key_that_covers_the_repository_counts_and_no_other_host() throws IOException {
        Path file = directory.resolve("auth.json");
        Files.writeString(
                file,
                "{\"auths\":{\"r.example\":" + auth("host:a:b") + ",\"r.example/team\":" + auth("team:x")
                        + ",\"r.example/te\":" + auth("no:no") + ",\"https://index.docker.io/v1/\":" + auth("hub:y")
                        + ",\"helped.example\":{}},\"credHelpers\":{\"helped.example\":\"pass\"}}");
        CredentialFiles files = CredentialFiles.of(Map.of("REGISTRY_AUTH_FILE", file.toString()));

        assertThat(files.find(RemoteName.parse("r.example/team/shop"))).contains(new Credential("team", "x"));
        assertThat(files.find(RemoteName.parse("r.example/other"))).contains(new Credential("host", "a:b"));
        assertThat(files.find(RemoteName.parse("docker.io/alpine"))).contains(new Credential("hub", "y"));
        assertThat(files.find(RemoteName.parse("x.r.example/team/shop"))).isEmpty();
        assertThat(files.find(RemoteName.parse("helped.example/shop"))).isEmpty();
        assertThat(new Credential("reader", "secret").toString()).doesNotContain("secret");
    }

    @Test
    void log_ins_of_podman_come_before_dockers_and_a_broken_file_is_named() throws IOException {
        Path docker = Files.createDirectories(directory.resolve(".docker")).resolve("config.json");
        Files.writeString(docker, "{\"auths\":{\"r.example\":" + auth("docker:x") + "}}");
        Map<String, String> environment = Map.of("HOME", directory.toString());
        assertThat(CredentialFiles.of(environment).find(RemoteName.parse("r.example/shop")))
                .contains(new Credential("docker", "x"));

        Path podman =
                Files.createDirectories(directory.resolve(".config/containers")).resolve("auth.json");
        Files.writeString(podman, "{\"auths\":{\"r.example\":" + auth("podman:x") + "}}");
        assertThat(CredentialFiles.of(environment).find(RemoteName.parse("r.example/shop")))
                .contains(new Credential("podman", "x"));

        for (String broken : List.of("{", "{\"auths\":{\"r.example\":{\"auth\":\"?\"}}}")) {
            Files.writeString(podman, broken);
            assertThatThrownBy(() -> CredentialFiles.of(environment).find(RemoteName.parse("r.example/shop")))
                    .hasMessageContaining("CREDENTIALS_UNREADABLE")
                    .hasMessageContaining(podman.toString());
        }
    }
}
