package dev.waybill.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.api.client.PulledManifest;
import dev.waybill.api.client.WaybillClient;
import dev.waybill.api.oci.Descriptor;
import dev.waybill.api.oci.Manifest;
import dev.waybill.core.json.Json;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.Digest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every kind of artifact: built by the team's own command, registered, and fetched again byte for byte. */
@SuppressWarnings("NullAway.Init")
class KindsTest {
    @TempDir
    static Path work;

    static ServerProcess server;
    static Team team;

    @BeforeAll
    static void start() {
        server = ServerProcess.start(work);
        team = Team.usual(work, server);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void a_jar_comes_back_as_it_was_built() throws Exception {
        byte[] jar = zip("Main.class");
        assertThat(roundTrip("jar-app", "app.jar", jar)).isEqualTo(jar);
    }

    @Test
    void a_zip_comes_back_as_it_was_built() throws Exception {
        byte[] zip = zip("page.html");
        assertThat(roundTrip("zip-app", "site.zip", zip)).isEqualTo(zip);
    }

    @Test
    void a_native_program_comes_back_and_runs() throws Exception {
        Optional<Path> gcc = RealParts.find("gcc");
        String build =
                gcc.isPresent() ? "gcc -o hello hello.c" : "printf '#!/bin/sh\\necho hello\\n' > hello; chmod +x hello";
        TempGit git = project("native-app", build, "hello")
                .write("hello.c", "#include <stdio.h>\nint main(void) { puts(\"hello\"); return 0; }\n");
        String commit = git.commit("A program");

        team.as("builder").in(git.directory()).run("build").done();
        Path to = work.resolve("pulled-native");
        team.as("viewer")
                .run("pull", "native-app@" + commit, "--to", to.toString())
                .done();

        Process hello = new ProcessBuilder(to.resolve("hello").toString()).start();
        assertThat(new String(hello.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("hello\n");
        assertThat(hello.waitFor()).isZero();
    }

    @Test
    void a_directory_comes_back_as_a_tar_with_names_modes_and_bytes() throws Exception {
        String long_name = "n".repeat(140) + ".txt";
        TempGit git = project(
                        "dir-app",
                        "mkdir -p out/app/bin && cp run.sh out/app/bin/ && chmod 755 out/app/bin/run.sh"
                                + " && echo text > out/app/" + long_name,
                        "out/app")
                .write("run.sh", "#!/bin/sh\necho ran\n");
        String commit = git.commit("A directory");
        team.as("builder").in(git.directory()).run("build").done();
        Path to = work.resolve("pulled-directory");

        team.as("viewer")
                .run("pull", "dir-app@" + commit, "--to", to.toString())
                .done();

        int tar = new ProcessBuilder(RealParts.program("tar").toString(), "-xf", "app.tar")
                .directory(to.toFile())
                .inheritIO()
                .start()
                .waitFor();
        assertThat(tar).isZero();
        assertThat(to.resolve("app/" + long_name)).hasContent("text\n");
        assertThat(to.resolve("app/bin/run.sh"))
                .hasContent("#!/bin/sh\necho ran\n")
                .isExecutable();
    }

    @Test
    void an_image_layout_is_taken_as_it_is() throws Exception {
        byte[] layer = "not really a layer".getBytes(StandardCharsets.UTF_8);
        byte[] config = "{\"architecture\":\"amd64\",\"os\":\"linux\",\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[]}}"
                .getBytes(StandardCharsets.UTF_8);
        byte[] manifest = Json.write(Map.of(
                "schemaVersion",
                2,
                "mediaType",
                Manifest.MEDIA_TYPE,
                "config",
                descriptor("application/vnd.oci.image.config.v1+json", config),
                "layers",
                List.of(descriptor("application/vnd.oci.image.layer.v1.tar", layer))));
        byte[] index =
                Json.write(Map.of("schemaVersion", 2, "manifests", List.of(descriptor(Manifest.MEDIA_TYPE, manifest))));
        TempGit git = project("image-app", "cp -r layout image", "image")
                .write("layout/oci-layout", "{\"imageLayoutVersion\":\"1.0.0\"}")
                .write("layout/index.json", new String(index, StandardCharsets.UTF_8));
        for (byte[] blob : List.of(layer, config, manifest)) {
            git.write("layout/blobs/sha256/" + Digest.sha256(blob).hex(), new String(blob, StandardCharsets.UTF_8));
        }
        git.commit("An image");

        Ran built = team.as("builder").in(git.directory()).run("build").done();

        assertThat(built.out().strip()).isEqualTo(Digest.sha256(manifest).toString());
        WaybillClient client = WaybillClient.to(URI.create(server.url()), team.token("viewer"));
        ApplicationName application = new ApplicationName("image-app");
        PulledManifest pulled = client.registry().pullManifest(application, Digest.sha256(manifest));
        assertThat(pulled.bytes()).isEqualTo(manifest);
        for (Descriptor part :
                List.of(pulled.manifest().config(), pulled.manifest().layers().getFirst())) {
            Path file = work.resolve(part.digest().hex());
            client.registry().pullTo(application, part.digest(), part.size(), file);
            assertThat(Digest.sha256(Files.readAllBytes(file))).isEqualTo(part.digest());
        }
    }

    @Test
    void an_image_layout_with_a_damaged_blob_is_refused_and_nothing_is_registered() {
        String name = Digest.sha256("{}".getBytes(StandardCharsets.UTF_8)).hex();
        TempGit git = project("broken-image", "cp -r layout image", "image")
                .write("layout/oci-layout", "{\"imageLayoutVersion\":\"1.0.0\"}")
                .write("layout/index.json", """
                        {"schemaVersion": 2, "manifests": [{"mediaType": "%s", "digest": "sha256:%s", "size": 2}]}
                        """.formatted(Manifest.MEDIA_TYPE, name))
                .write("layout/blobs/sha256/" + name, "{ }");
        String commit = git.commit("A broken image");

        team.as("builder").in(git.directory()).run("build").refused(1, "IMAGE_LAYOUT_INVALID");

        team.as("viewer").run("pull", "broken-image@" + commit).refused(1, "UNKNOWN");
    }

    @Test
    void a_native_program_and_a_directory_run_under_an_agent() {
        TempGit git = TempGit.create(work.resolve("repositories/mixed"))
                .write("waybill.yaml", """
                        application: mixed
                        build: {command: sh build.sh, outputs: [serve, out/parts]}
                        run: {command: [./serve], health: {command: [sh, parts/check]}}
                        pipeline: [dev]
                        """)
                .write("build.sh", """
                        mkdir -p out/parts/deep
                        printf '#!/bin/sh\\nexec parts/deep/worker 100000\\n' > serve
                        printf '#!/bin/sh\\nexec sleep "$1"\\n' > out/parts/deep/worker
                        echo 'test -x parts/deep/worker' > out/parts/check
                        chmod 755 serve out/parts/deep/worker
                        """)
                .write(".gitignore", "out\nserve\n");
        git.commit("A program with a directory beside it");
        team.as("admin").in(git.directory()).run("apply", "-f", "waybill.yaml").done();
        try (AgentProcess agent = AgentProcess.start(work, team, "dev", "mixed")) {
            String digest = team.as("builder")
                    .in(git.directory())
                    .run("build")
                    .done()
                    .out()
                    .strip();

            team.deployed("promoter", digest, "dev");

            assertThat(agent.serving()).hasSize(1);
            assertThat(agent.current().orElseThrow().resolve("parts/deep/worker"))
                    .isExecutable();
        }
    }

    private static TempGit project(String application, String command, String output) {
        return TempGit.create(work.resolve("repositories").resolve(application))
                .write("waybill.yaml", """
                        application: %s
                        build: {command: "%s", outputs: [%s]}
                        """.formatted(application, command.replace("\\", "\\\\"), output));
    }

    private static byte[] roundTrip(String application, String name, byte[] bytes) throws IOException {
        TempGit git = project(application, "cp given " + name, name);
        Files.write(git.directory().resolve("given"), bytes);
        String commit = git.commit("Its bytes");
        String digest =
                team.as("builder").in(git.directory()).run("build").done().out().strip();
        Path to = work.resolve("pulled-" + application);
        team.as("viewer")
                .run("pull", application + "@" + commit, "--to", to.toString())
                .done();
        assertThat(team.as("viewer")
                        .json("pull", digest, "--to", to.resolve("again").toString())
                        .done()
                        .json()
                        .at("/files/0/sha256")
                        .asString(Digest.sha256(bytes).toString()))
                .contains(Digest.sha256(bytes).hex());
        return Files.readAllBytes(to.resolve(name));
    }

    private static Map<String, Object> descriptor(String type, byte[] bytes) {
        return Map.of("mediaType", type, "digest", Digest.sha256(bytes).toString(), "size", bytes.length);
    }

    private static byte[] zip(String entry) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream out = new JarOutputStream(bytes)) {
            JarEntry one = new JarEntry(entry);
            one.setTime(0);
            out.putNextEntry(one);
            out.write(new byte[4096]);
            out.closeEntry();
        }
        return bytes.toByteArray();
    }
}
