package dev.waybill.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waybill.cli.terminal.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Somebody who types commands in a directory, talks to one server and reads both streams. */
public final class Typing {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Map<String, String> environment = new HashMap<>();
    private final Path directory;
    private final Clock clock;

    public Typing(Path directory, Clock clock) {
        this.directory = directory;
        this.clock = clock;
        environment.put("WAYBILL_CONFIG_DIR", directory.toString());
    }

    public Typing to(String url) {
        environment.put("WAYBILL_URL", url);
        environment.put("WAYBILL_TOKEN", "t");
        return this;
    }

    public int type(String... words) {
        out.reset();
        err.reset();
        Terminal terminal = Terminal.plain(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), clock);
        return Main.run(
                new Session(terminal, environment, directory, new ByteArrayInputStream(new byte[0])), List.of(words));
    }

    public String out() {
        return out.toString(UTF_8);
    }

    public String err() {
        return err.toString(UTF_8);
    }
}
