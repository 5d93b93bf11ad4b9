package dev.waybill.agent;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import org.junit.jupiter.api.Test;

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

    private static String help(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThat(Main.run(List.of(arguments), new PrintStream(out, true, UTF_8), System.err))
                .isZero();
        return out.toString(UTF_8);
    }
}
