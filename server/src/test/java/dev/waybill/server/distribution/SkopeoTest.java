package dev.waybill.server.distribution;

import static dev.waybill.server.distribution.TestRegistry.bytes;
import static dev.waybill.server.distribution.TestRegistry.descriptor;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.core.name.Digest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stock client pushes an index with its image and pulls both back, byte for byte. */
class SkopeoTest {
    @TempDir
    Path directory;

    private TestRegistry registry;
    private Path layout;

    @BeforeEach
    void start() throws Exception {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/skopeo")), "skopeo is not on this machine");
        registry = new TestRegistry(directory);
        layout = directory.resolve("layout");
    }

    @AfterEach
    void stop() {
        if (registry != null) {
            registry.close();
        }
    }

    private byte[] blob(String text) throws Exception {
        Path file = layout.resolve("blobs/sha256")
                .resolve(Digest.sha256(bytes(text)).hex());
        Files.createDirectories(layout.resolve("blobs/sha256"));
        Files.writeString(file, text);
        return bytes(text);
    }

    private byte[] image() throws Exception {
        String diff = Digest.sha256(blob("a layer is bytes to a registry")).toString();
        byte[] config =
                blob("{\"architecture\":\"amd64\",\"os\":\"linux\",\"config\":{},\"rootfs\":{\"type\":\"layers\","
                        + "\"diff_ids\":[\"" + diff + "\"]}}");
        return blob("{\"schemaVersion\":2,\"mediaType\":\"" + TestRegistry.IMAGE + "\",\"config\":"
                + descriptor("application/vnd.oci.image.config.v1+json", config) + ",\"layers\":["
                + descriptor("application/vnd.oci.image.layer.v1.tar", bytes("a layer is bytes to a registry")) + "]}");
    }

    private void layout(String mediaType, byte[] top) throws Exception {
        Files.writeString(layout.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
        Files.writeString(
                layout.resolve("index.json"),
                "{\"schemaVersion\":2,\"manifests\":["
                        + descriptor(mediaType, top).replaceFirst("}$", "")
                        + ",\"annotations\":{\"org.opencontainers.image.ref.name\":\"it\"}}]}");
    }

    private void skopeo(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("/usr/bin/skopeo", "--insecure-policy"));
        command.addAll(List.of(arguments));
        Path log = directory.resolve("skopeo.log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertThat(process.waitFor())
                .as(Files.readString(log, StandardCharsets.UTF_8))
                .isZero();
    }

    private void roundTrip(byte[] top) throws Exception {
        String there = "docker://127.0.0.1:" + registry.port + "/team/shop:1.0";
        String credentials = "x:" + registry.builder;
        Path back = directory.resolve("back");

        skopeo(
                "copy",
                "--all",
                "--preserve-digests",
                "--dest-tls-verify=false",
                "--dest-creds",
                credentials,
                "oci:" + layout + ":it",
                there);
        skopeo(
                "copy",
                "--all",
                "--preserve-digests",
                "--src-tls-verify=false",
                "--src-creds",
                credentials,
                there,
                "oci:" + back + ":it");

        assertThat(registry.get("/v2/team/shop/manifests/1.0").body()).isEqualTo(top);
        try (var files = Files.list(layout.resolve("blobs/sha256"))) {
            for (Path file : files.toList()) {
                assertThat(back.resolve("blobs/sha256").resolve(file.getFileName()))
                        .hasSameBinaryContentAs(file);
            }
        }
    }

    @Test
    void skopeo_pushes_and_pulls_an_image() throws Exception {
        byte[] image = image();
        layout(TestRegistry.IMAGE, image);

        roundTrip(image);
    }

    @Test
    void skopeo_pushes_and_pulls_an_index() throws Exception {
        byte[] index = blob("{\"schemaVersion\":2,\"mediaType\":\"" + TestRegistry.INDEX + "\",\"manifests\":["
                + descriptor(TestRegistry.IMAGE, image()).replaceFirst("}$", "")
                + ",\"platform\":{\"architecture\":\"amd64\",\"os\":\"linux\"}}]}");
        layout(TestRegistry.INDEX, index);

        roundTrip(index);
    }
}
