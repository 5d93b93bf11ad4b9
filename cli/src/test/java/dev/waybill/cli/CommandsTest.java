package dev.waybill.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.cli.terminal.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandsTest {
    @TempDir
    Path home;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void a_problem_says_what_was_tried_what_is_missing_what_to_do_and_its_code() {
        int exit = run(Map.of(), "running");

        assertThat(exit).isEqualTo(Exit.REFUSED);
        assertThat(out.toString(UTF_8)).isEmpty();
        assertThat(err.toString(UTF_8)).isEqualTo("""
                Finding the server to talk to
                  missing  there is no login on this machine, and WAYBILL_URL is not set.
                  next     Run `waybill login URL --token T`, or set WAYBILL_URL and WAYBILL_TOKEN.
                  code     NOT_LOGGED_IN
                """);
    }

    @Test
    void a_problem_is_json_where_json_was_asked_for() {
        run(Map.of(), "running", "--output", "json");

        assertThat(err.toString(UTF_8)).contains("\"code\" : \"NOT_LOGGED_IN\"").contains("\"exit\" : 1");
    }

    @Test
    void a_command_line_that_makes_no_sense_is_misuse() {
        assertThat(run(Map.of(), "promote")).isEqualTo(Exit.MISUSE);
        assertThat(run(Map.of(), "config")).isEqualTo(Exit.MISUSE);
        assertThat(run(Map.of(), "config", "get", "noslash")).isEqualTo(Exit.MISUSE);
        assertThat(run(Map.of(), "frobnicate")).isEqualTo(Exit.MISUSE);
        assertThat(err.toString(UTF_8)).contains("an environment and an application are written ENV/APP");
    }

    @Test
    void a_missing_option_is_called_by_the_name_that_the_documentation_writes() {
        run(Map.of(), "rollback", "dev/shop");
        run(Map.of(), "promote");

        assertThat(err.toString(UTF_8)).contains("--why TEXT is missing.", "--to ENV, REF are missing.");
    }

    @Test
    void comparing_the_configuration_of_two_slots_is_sent_to_diff() {
        assertThat(run(Map.of(), "config", "diff", "dev/shop", "production/shop"))
                .isEqualTo(Exit.MISUSE);

        assertThat(err.toString(UTF_8)).contains("waybill diff dev/shop production/shop");
    }

    @Test
    void an_address_where_nothing_listens_is_said_in_words() {
        int exit = run(Map.of("WAYBILL_URL", "http://127.0.0.1:1", "WAYBILL_TOKEN", "wbt_x"), "running");

        assertThat(exit).isEqualTo(Exit.BROKEN);
        assertThat(err.toString(UTF_8)).contains("nothing listens there").doesNotContain("Exception");
    }

    @Test
    void a_command_that_does_not_exist_yet_says_so_and_is_not_listed() {
        int exit = run(Map.of(), "restore", "--whatever", "x");
        run(Map.of(), "--help");

        assertThat(exit).isEqualTo(Exit.MISUSE);
        assertThat(err.toString(UTF_8)).contains("COMMAND_NOT_BUILT");
        assertThat(out.toString(UTF_8)).contains("promote").doesNotContain("restore");
    }

    @Test
    void a_server_that_is_not_there_is_broken_and_not_refused() {
        int exit = run(Map.of("WAYBILL_URL", "http://127.0.0.1:1", "WAYBILL_TOKEN", "t"), "running");

        assertThat(exit).isEqualTo(Exit.BROKEN);
        assertThat(err.toString(UTF_8)).contains("SERVER_UNREACHABLE");
    }

    @Test
    void a_secret_of_which_nothing_came_is_refused_before_anything_is_sent() {
        int exit = run(Map.of(), "config", "set", "production/shop", "--secret", "PAYMENT_KEY");

        assertThat(exit).isEqualTo(Exit.MISUSE);
        assertThat(err.toString(UTF_8))
                .contains("SECRET_EMPTY", "nothing came on standard input", "--unset PAYMENT_KEY");
    }

    @Test
    void a_secret_on_the_command_line_is_refused_before_anything_is_sent() {
        int exit = run(Map.of(), "config", "set", "production/shop", "--secret", "PAYMENT_KEY=hunter2");

        assertThat(exit).isEqualTo(Exit.MISUSE);
        assertThat(err.toString(UTF_8)).contains("shell's history").doesNotContain("hunter2");
    }

    @Test
    void every_command_explains_itself() {
        for (String command : List.of("build", "test", "attest", "config", "promote", "why", "verify", "token")) {
            out.reset();
            assertThat(run(Map.of(), command, "--help")).as(command).isZero();
            assertThat(out.toString(UTF_8)).contains("Usage: waybill " + command);
        }
    }

    private int run(Map<String, String> environment, String... arguments) {
        Map<String, String> all = new HashMap<>(environment);
        all.put("WAYBILL_CONFIG_DIR", home.toString());
        Terminal terminal =
                Terminal.plain(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), Clock.systemUTC());
        return Main.run(new Session(terminal, all, home, new ByteArrayInputStream(new byte[0])), List.of(arguments));
    }
}
