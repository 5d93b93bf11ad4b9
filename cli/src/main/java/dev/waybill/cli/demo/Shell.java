package dev.waybill.cli.demo;

import dev.waybill.cli.Main;
import dev.waybill.cli.Session;
import dev.waybill.cli.terminal.Style;
import dev.waybill.cli.terminal.Terminal;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Runs commands: those that are shown as a user would, each in a process of its own; stage hands' work in this one. */
final class Shell {
    /** Who types, where, as whom and with what on standard input a command runs. */
    record Setting(
            String who,
            Path directory,
            Map<String, String> environment,
            @Nullable String input) {
        Setting reading(String text) {
            return new Setting(who, directory, environment, text);
        }

        Setting in(Path other) {
            return new Setting(who, other, environment, input);
        }
    }

    private static final int SHOWN_LINES = 40;

    /** Other programs' sentences are cut after so many characters. */
    private static final int SHOWN_WORDS = 200;

    private final Narrator narrator;
    private final Path waybill;

    Shell(Narrator narrator, Path waybill) {
        this.narrator = narrator;
        this.waybill = waybill;
    }

    /** Shows {@code WHO $ waybill ...}, runs it and shows what it said. */
    Ran waybill(Setting setting, String... arguments) throws IOException {
        return show(setting, typed(setting, arguments), ".*");
    }

    /**
     * As {@link #waybill}, but shows only the lines that the story needs, as the opening says.
     *
     * @param needed what such a line begins with, after its indentation
     */
    Ran briefly(Setting setting, String needed, String... arguments) throws IOException {
        return show(setting, typed(setting, arguments), "\\s*(" + needed + ").*");
    }

    private Ran show(Setting setting, Ran ran, String needed) {
        narrator.command(setting.who(), ran.line());
        List<String> lines = new ArrayList<>();
        for (String line : ran.output().stream().filter(l -> !l.isBlank()).toList()) {
            if (line.matches(needed) && lines.size() < SHOWN_LINES) {
                lines.add(line);
            }
        }
        narrator.output(lines);
        return ran;
    }

    /** Runs it without showing it, for stage hands' work: the same command, without another start of the JVM. */
    Ran quietly(Setting setting, String... arguments) {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.putAll(setting.environment());
        String input = setting.input() == null ? "" : setting.input();
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream both = new PrintStream(said, true, StandardCharsets.UTF_8);
        Terminal terminal = Terminal.plain(both, both, Clock.tickMillis(ZoneOffset.UTC));
        int exit;
        try (Session session = new Session(
                terminal,
                environment,
                setting.directory(),
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)))) {
            exit = Main.run(session, List.of(arguments));
        }
        List<String> output = said.toString(StandardCharsets.UTF_8).lines().toList();
        return new Ran("waybill " + quoted(List.of(arguments)), exit, output);
    }

    private Ran typed(Setting setting, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(waybill.toString());
        command.addAll(List.of(arguments));
        return run(setting, command, "waybill " + quoted(List.of(arguments)));
    }

    /** Any other program; of what it said, the first line. */
    Ran program(Setting setting, String... command) throws IOException {
        String line = quoted(List.of(command));
        Ran ran = run(setting, List.of(command), line);
        narrator.command(setting.who(), line);
        narrator.output(ran.output().stream()
                .limit(1)
                .map(l -> l.length() <= SHOWN_WORDS ? l : l.substring(0, l.lastIndexOf(' ', SHOWN_WORDS)) + " \u2026")
                .toList());
        return ran;
    }

    private static Ran run(Setting setting, List<String> command, String line) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(setting.directory().toFile())
                .redirectErrorStream(true);
        builder.environment().putAll(setting.environment());
        Process process = builder.start();
        try (var input = process.getOutputStream()) {
            if (setting.input() != null) {
                input.write(setting.input().getBytes(StandardCharsets.UTF_8));
            }
        }
        List<String> output = new ArrayList<>();
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            reader.lines().map(Style.PLAIN::fit).forEach(output::add);
        }
        try {
            if (!process.waitFor(2, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new DemoFailed("`" + line + "` did not end within two minutes.");
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new DemoFailed("The demo was interrupted.");
        }
        return new Ran(line, process.exitValue(), output);
    }

    private static String quoted(List<String> words) {
        return String.join(
                " ",
                words.stream()
                        .map(w -> w.matches("[A-Za-z0-9_./:@#=,+-]+") ? w : "'" + w + "'")
                        .toList());
    }
}
