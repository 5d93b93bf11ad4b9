package dev.waybill.cli.build;

import dev.waybill.cli.terminal.Style;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One command of the team's, through its own shell or directly; its output is passed on line by line as it comes. */
public final class ShellRun {
    private static final int KEPT = 30;

    /** @param last the last lines of output */
    public record Ended(int exitCode, List<String> last) {}

    private final Path directory;
    private final Map<String, String> environment;
    private final java.util.function.Consumer<String> lines;

    /** @param environment exactly what the command sees */
    public ShellRun(Path directory, Map<String, String> environment, java.util.function.Consumer<String> lines) {
        this.directory = directory;
        this.environment = environment;
        this.lines = lines;
    }

    public Ended shell(String command) throws IOException {
        return run(List.of("sh", "-c", command));
    }

    /** Runs to the end. When this process is stopped, the command and its children are stopped first. */
    public Ended run(List<String> command) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        Thread atExit = new Thread(() -> stop(process));
        Runtime.getRuntime().addShutdownHook(atExit);
        try {
            process.getOutputStream().close();
            List<String> last = pass(process);
            return new Ended(process.waitFor(), last);
        } catch (InterruptedException e) {
            stop(process);
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the command ran", e);
        } finally {
            remove(atExit);
        }
    }

    private List<String> pass(Process process) throws IOException {
        Deque<String> last = new ArrayDeque<>();
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.accept(line);
                last.add(Style.PLAIN.fit(line));
                if (last.size() > KEPT) {
                    last.remove();
                }
            }
        }
        return List.copyOf(last);
    }

    private static void stop(Process process) {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private static void remove(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is going down: the hook runs anyway.
            return;
        }
    }
}
