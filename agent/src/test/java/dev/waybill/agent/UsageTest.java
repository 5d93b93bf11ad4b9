package dev.waybill.agent;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UsageTest {
    @Test
    void every_option_is_explained_by_the_verb_that_takes_it() {
        String all = help("--help") + help("enrol", "--help") + help("rollback", "-h");

        assertThat(Main.Arguments.OPTIONS).allSatisfy(option -> assertThat(all).contains("      --" + option + " "));
    }

    @Test
    void a_verb_explains_itself_and_does_nothing() {
        assertThat(help("enrol", "--help")).startsWith("Usage: waybill agent enrol");
        assertThat(help("rollback", "production/shop", "--help")).startsWith("Usage: waybill agent rollback");
        assertThat(help("--config", "agent.yaml", "--help")).startsWith("Usage: waybill agent --config FILE");
    }

    @Test
    void an_address_that_is_none_is_misuse(@TempDir Path work) throws IOException {
        Path config = Files.writeString(
                work.resolve("agent.yaml"), "server: http://a\nname: a\ndirectory: state\ntargets: []\n");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream err = new PrintStream(out, true, UTF_8);

        int exit = Main.run(
                List.of("enrol", "--config", config.toString(), "--token", "t", "--server", "not a url"), err, err);

        assertThat(exit).isEqualTo(2);
        assertThat(out.toString(UTF_8)).contains("URL_INVALID", "not a url");
    }

    private static String help(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThat(Main.run(List.of(arguments), new PrintStream(out, true, UTF_8), System.err))
                .isZero();
        return out.toString(UTF_8);
    }
}
