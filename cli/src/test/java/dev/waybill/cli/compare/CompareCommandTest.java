package dev.waybill.cli.compare;

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
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompareCommandTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @BeforeEach
    void three_files() throws IOException {
        Files.writeString(directory.resolve("dev.json"), "{\"a\":1,\"b\":2}");
        Files.writeString(directory.resolve("staging.json"), "{\"b\": 2, \"a\": 1}");
        Files.writeString(directory.resolve("production.json"), "{\"a\":1,\"b\":3}");
    }

    @Test
    void the_same_software_exits_0_and_other_software_1() {
        assertThat(run("compare", "dev.json", "dev.json")).isEqualTo(Exit.DONE);
        assertThat(run("compare", "dev.json", "staging.json")).isEqualTo(Exit.DONE);
        assertThat(run("compare", "dev.json", "production.json")).isEqualTo(Exit.REFUSED);
    }

    @Test
    void several_are_compared_with_the_first_and_the_worst_is_the_verdict() {
        assertThat(run("compare", "dev.json", "staging.json", "production.json", "--output", "json"))
                .isEqualTo(Exit.REFUSED);
        assertThat(said()).contains("\"verdict\" : \"functional\"").contains("\"verdict\" : \"metadata\"");
    }

    @Test
    void what_counts_as_failure_can_be_chosen() {
        assertThat(run("compare", "dev.json", "staging.json", "--fail-on", "metadata"))
                .isEqualTo(Exit.REFUSED);
        assertThat(run("compare", "dev.json", "production.json", "--fail-on", "undecided"))
                .isEqualTo(Exit.DONE);
        assertThat(run("compare", "dev.json", "production.json", "--fail-on", "anything"))
                .isEqualTo(Exit.MISUSE);
    }

    @Test
    void a_suppression_decides_the_exit_code_and_stays_visible() throws IOException {
        Files.writeString(directory.resolve("accepted.yaml"), """
                suppressions:
                  - rule: content.differs
                    where: .b
                    reason: a counter
                    owner: release engineering
                    until: "2026-12-31"
                """);

        assertThat(run("compare", "dev.json", "production.json", "--suppress", "accepted.yaml"))
                .isEqualTo(Exit.DONE);
        assertThat(said()).startsWith("FUNCTIONAL").contains("release engineering answers for it until 2026-12-31");
    }

    @Test
    void a_page_and_sarif_are_written_beside_the_answer() throws IOException {
        run("compare", "dev.json", "production.json", "--html", "r.html", "--sarif", "r.sarif");

        assertThat(Files.readString(directory.resolve("r.html"))).startsWith("<!doctype html>");
        assertThat(Files.readString(directory.resolve("r.sarif"))).contains("content.differs");
    }

    @Test
    void a_file_that_is_not_there_is_misuse() {
        assertThat(run("compare", "dev.json", "nowhere.jar")).isEqualTo(Exit.MISUSE);
    }

    private int run(String... arguments) {
        out.reset();
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        Clock clock = Clock.fixed(Instant.parse("2026-06-01T00:00:00Z"), ZoneOffset.UTC);
        Terminal terminal = Terminal.plain(
                stream, new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8), clock);
        return Main.run(new Session(terminal, Map.of(), directory, InputStream.nullInputStream()), List.of(arguments));
    }

    private String said() {
        return out.toString(StandardCharsets.UTF_8);
    }
}
