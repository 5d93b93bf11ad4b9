package dev.waybill.cli;

import dev.waybill.cli.terminal.Terminal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Many commands in one process, one per line of standard input. {@code scripts/run.sh} lets the JVM watch it once, so that
 * each later command finds its classes loaded and linked (JEP 483, 514); how the commands end does not matter.
 */
public final class Rehearsal {
    private Rehearsal() {}

    public static void main(String[] ignored) throws IOException {
        Map<String, String> environment = System.getenv();
        Session session = new Session(
                Terminal.system(environment), environment, Path.of("").toAbsolutePath(), InputStream.nullInputStream());
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Main.run(session, List.of(line.split(" ")));
            }
        }
    }
}
