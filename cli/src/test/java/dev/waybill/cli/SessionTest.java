package dev.waybill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.cli.terminal.Terminal;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SessionTest {
    private final PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
    private final Session session = new Session(
            Terminal.plain(nowhere, nowhere, Clock.systemUTC()),
            Map.of(),
            Path.of("/home/team/shop"),
            InputStream.nullInputStream());

    @Test
    void a_path_below_the_working_directory_is_shown_without_what_leads_there() {
        assertThat(session.shown(Path.of("/home/team/shop/target/shop.jar"))).isEqualTo("target/shop.jar");
        assertThat(session.shown(Path.of("./target/../pom.xml"))).isEqualTo("pom.xml");
    }

    @Test
    void a_path_elsewhere_is_shown_whole() {
        assertThat(session.shown(Path.of("/opt/shop.jar"))).isEqualTo("/opt/shop.jar");
        assertThat(session.shown(Path.of("../other.jar"))).isEqualTo("/home/team/other.jar");
        assertThat(session.shown(Path.of("/home/team/shopping/x"))).isEqualTo("/home/team/shopping/x");
        assertThat(session.shown(Path.of("."))).isEqualTo("/home/team/shop");
    }
}
