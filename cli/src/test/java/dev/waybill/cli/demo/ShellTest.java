package dev.waybill.cli.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.api.WaybillVersion;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShellTest {
    @TempDir
    Path work;

    private final ByteArrayOutputStream told = new ByteArrayOutputStream();

    @Test
    void what_is_not_shown_starts_no_process() throws IOException {
        Ran ran = shell().quietly(desk(), "--version");

        assertThat(ran.exit()).isZero();
        assertThat(ran.output()).containsExactly("waybill " + WaybillVersion.TEXT);
        assertThat(told.toString(UTF_8)).isEmpty();
    }

    @Test
    void what_is_not_shown_has_the_setting_of_whoever_does_it() throws IOException {
        Ran ran = shell().quietly(desk(), "config", "set", "dev/shop", "--secret", "KEY");

        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.text()).contains("SECRET_EMPTY", "nothing came on standard input");
        assertThat(shell().quietly(desk(), "running").text()).contains("NOT_LOGGED_IN");
    }

    @Test
    void what_is_shown_is_the_launcher_itself() {
        assertThatThrownBy(() -> shell().waybill(desk(), "--version"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no-launcher");
    }

    private Shell shell() {
        return new Shell(new Narrator(new PrintStream(told, true, UTF_8), false), work.resolve("no-launcher"));
    }

    private Shell.Setting desk() {
        return new Shell.Setting(
                "operations",
                work,
                Map.of("WAYBILL_CONFIG_DIR", work.toString(), "WAYBILL_URL", "", "WAYBILL_TOKEN", ""),
                null);
    }
}
