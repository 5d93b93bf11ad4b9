package dev.waybill.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.cli.Exit;
import dev.waybill.cli.Main;
import dev.waybill.cli.Session;
import dev.waybill.cli.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorCommandTest {
    private static final String WRONG = """
            deploy-staging:
              script: [npm install, npm run build, deploy-to-staging]
            deploy-production:
              script: [npm install, npm run build, deploy-to-production]
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Test
    void a_rebuild_per_environment_is_found_and_the_answers_stand_first() throws IOException {
        Files.writeString(directory.resolve(".gitlab-ci.yml"), WRONG);

        assertThat(run("doctor")).isEqualTo(Exit.REFUSED);
        assertThat(said().lines().skip(1).findFirst().orElseThrow())
                .contains("Separate build")
                .contains("YES");
        assertThat(said()).contains(".gitlab-ci.yml:");
    }

    @Test
    void the_answers_come_as_json() throws IOException {
        Files.writeString(directory.resolve(".gitlab-ci.yml"), WRONG);

        assertThat(run("doctor", "--output", "json")).isEqualTo(Exit.REFUSED);
        assertThat(said()).contains("\"rebuild_per_environment\"").contains("\"yes\"");
    }

    @Test
    void a_directory_without_pipelines_is_no_finding_and_one_that_does_not_exist_is_misuse() {
        assertThat(run("doctor")).isEqualTo(Exit.DONE);
        assertThat(run("doctor", "nowhere")).isEqualTo(Exit.MISUSE);
    }

    private int run(String... arguments) {
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        Terminal terminal = Terminal.plain(
                stream, new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8), Clock.systemUTC());
        return Main.run(new Session(terminal, Map.of(), directory, InputStream.nullInputStream()), List.of(arguments));
    }

    private String said() {
        return out.toString(StandardCharsets.UTF_8);
    }
}
