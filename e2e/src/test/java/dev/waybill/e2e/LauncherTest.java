package dev.waybill.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code scripts/run.sh}: with which flags and which cache of classes each kind of process starts. */
class LauncherTest {
    private static final Path SCRIPT = Path.of("..", "scripts", "run.sh").toAbsolutePath();

    @TempDir
    Path home;

    @BeforeEach
    void caches() throws IOException {
        Files.createDirectories(home.resolve("lib"));
        Files.createDirectories(home.resolve("bin"));
        for (String kind : List.of("cli", "server", "agent")) {
            Files.writeString(home.resolve(kind + ".aot"), "");
        }
        Path java = Files.writeString(home.resolve("bin/java"), "#!/bin/sh\necho \"$@\"\n");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void every_kind_of_process_starts_from_its_own_cache() throws Exception {
        assertThat(flags("server", "--data", "d")).contains("/server.aot", "-Xms24m");
        assertThat(flags("agent", "--config", "agent.yaml")).contains("/agent.aot", "-Xmx256m");
        assertThat(flags("agent", "enrol", "--token", "t")).contains("/agent.aot");
        assertThat(flags("why", "production/shop")).contains("/cli.aot", "TieredStopAtLevel=1");
    }

    @Test
    void what_asks_the_server_about_agents_is_a_short_command_like_others() throws Exception {
        for (String verb : List.of("invite", "list", "retire")) {
            assertThat(flags("agent", verb)).contains("/cli.aot", "TieredStopAtLevel=1");
        }
    }

    @Test
    void what_hashes_much_is_compiled_well() throws Exception {
        assertThat(flags("pull", "shop:1")).contains("TieredStopAtLevel=4");
    }

    private String flags(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                "bash",
                "-c",
                ". \"$0\"; JAVA_HOME=\"$1\"; run_waybill \"$1\" \"${@:2}\"",
                SCRIPT.toString(),
                "" + home));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }
}
