package dev.waybill.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ServerHelpTest {
    private static final Pattern OPTION = Pattern.compile("--[a-z-]+");

    @Test
    void help_is_printed_and_nothing_starts() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        int exit = Main.run(List.of("--data", "/nowhere", "--help"), new PrintStream(out, true, UTF_8), System.err);

        assertThat(exit).isZero();
        assertThat(out.toString(UTF_8)).startsWith("Usage: waybill server --data DIR");
    }

    @Test
    void every_option_of_the_usage_is_explained_and_every_explained_one_exists() {
        List<String> explained = ServerConfig.HELP
                .lines()
                .skip(1)
                .flatMap(line -> OPTION.matcher(line).results())
                .map(found -> found.group())
                .filter(option -> !option.equals("--help"))
                .distinct()
                .toList();
        List<String> used = OPTION.matcher(ServerConfig.USAGE)
                .results()
                .map(found -> found.group())
                .toList();

        assertThat(explained).containsExactlyInAnyOrderElementsOf(used);
        for (String option : explained) {
            assertThatThrownBy(() -> ServerConfig.parse(List.of(option)))
                    .as(option)
                    .hasMessageNotContaining("there is no option");
        }
    }
}
