package dev.waybill.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A process with everything that it says in one file. */
final class LiveProcess implements AutoCloseable {
    /** Not where the process works: a stray file would make a work tree dirty. */
    private static final Path LOGS = Path.of(System.getProperty("java.io.tmpdir"));

    private final String name;
    private final Process process;
    private final Path log;

    private LiveProcess(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    /** @param environment added to this process's own */
    static LiveProcess start(String name, Path directory, Map<String, String> environment, List<String> command) {
        try {
            Path log = Files.createTempFile(LOGS, name + "-", ".log");
            log.toFile().deleteOnExit();
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
            builder.environment().putAll(environment);
            Process process = builder.start();
            process.getOutputStream().close();
            return new LiveProcess(name, process, log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code waybill ...} on the class path of this test. */
    static List<String> waybill(String... arguments) {
        String launcher = System.getProperty("waybill.launcher");
        if (launcher != null) {
            return Stream.concat(Stream.of(launcher), Stream.of(arguments)).toList();
        }
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-Xshare:auto",
                "-XX:SharedArchiveFile=" + LoadedClasses.archive(),
                "-Xlog:cds=off",
                "-Xlog:aot=off",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                LoadedClasses.classPath(),
                "dev.waybill.cli.Main"));
        command.addAll(List.of(arguments));
        return command;
    }

    String said() {
        try {
            return Files.readString(log, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until something is so, and fails at once when the process ends before. */
    LiveProcess until(String what, Until.Question question) {
        Until.holds(name + ": " + what, this::said, () -> {
            if (question.holds()) {
                return true;
            }
            if (!process.isAlive()) {
                throw new AssertionError(
                        name + " ended with " + process.exitValue() + " before: " + what + "\n" + said());
            }
            return false;
        });
        return this;
    }

    LiveProcess untilSays(String text) {
        return until("says " + text, () -> said().contains(text));
    }

    boolean alive() {
        return process.isAlive();
    }

    long pid() {
        return process.pid();
    }

    /** Waits for its end. */
    int exit() {
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                throw new AssertionError(name + " does not end. It said:\n" + said());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** SIGKILL. */
    void kill() {
        process.destroyForcibly();
        exit();
    }

    /** What Ctrl-C sends. */
    int interrupt() {
        try {
            new ProcessBuilder("kill", "-INT", Long.toString(process.pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
        return exit();
    }

    /** SIGTERM. */
    int stop() {
        process.destroy();
        return exit();
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            process.destroyForcibly();
            exit();
        }
    }
}
