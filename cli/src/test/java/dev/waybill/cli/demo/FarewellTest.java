package dev.waybill.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FarewellTest {
    private static final Path HOME = Path.of("/opt/waybill");

    private final Farewell farewell = new Farewell(HOME.resolve("waybill"), HOME);

    @Test
    void while_the_pages_are_up_it_says_where_they_are_what_to_ask_and_how_to_adopt(@TempDir Path work)
            throws IOException {
        Narrator nobody =
                new Narrator(new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8), false);
        try (World world = new World(nobody, HOME, HOME.resolve("waybill"), work)) {
            world.token("admin", "wbt_admin");

            assertThat(farewell.staying(world))
                    .contains(
                            "Look   " + world.url() + "  (log in with the admin token wbt_admin)",
                            "Ask    WAYBILL_CONFIG_DIR=" + work.resolve("desks/release-manager")
                                    + " /opt/waybill/waybill why production/shop")
                    .anyMatch(line -> line.startsWith("Adopt  /opt/waybill/README.md"));
        }
    }

    @Test
    void after_it_ended_by_itself_it_names_nothing_that_is_gone() {
        assertThat(farewell.gone())
                .anyMatch(line -> line.startsWith("Look   /opt/waybill/waybill demo"))
                .anyMatch(line -> line.startsWith("Ask    /opt/waybill/waybill why ENV/APP"))
                .anyMatch(line -> line.startsWith("Adopt  /opt/waybill/README.md"))
                .noneMatch(line -> line.contains("127.0.0.1") || line.contains("wbt_"));
    }
}
