package dev.waybill.cli.home;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeTest {
    @TempDir
    Path work;

    @Test
    void no_keys_are_pinned_for_what_is_no_address() throws IOException {
        Home home = Home.of(Map.of("WAYBILL_CONFIG_DIR", work.toString(), "WAYBILL_URL", "not a url"));

        assertThat(home.onlyTrust()).isEmpty();
    }
}
