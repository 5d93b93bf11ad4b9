package dev.waybill.cli.build;

import dev.waybill.cli.terminal.Style;
import dev.waybill.core.name.Span;
import dev.waybill.core.problem.Problem;
import dev.waybill.core.problem.ProblemException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One command of the team's, through its own shell or directly; its output is passed on line by line as it comes. */
public final class ShellRun {
    private static final int KEPT = 30;

    /** What a command has written when it ends is read at once. */
    private static final Duration REST = Duration.ofSeconds(5);

    /** @param last the last lines of output */
    public record Ended(int exitCode, List<String> last) {}

    private final Path directory;
    private final Map<String, String> environment;
    private final java.util.function.Consumer<String> lines;
    private final Duration within;

    /**
     * @param environment exactly what the command sees
     * @param within how long the command may take
     */
    public ShellRun(
            Path directory,
            Map<String, String> environment,
            java.util.function.Consumer<String> lines,
            Duration within) {
        this.directory = directory;
        this.environment = environment;
        this.lines = lines;
        this.within = within;
    }

    public Ended shell(String command) throws IOException {
        return run(List.of("sh", "-c", command));
    }

    /**
     * Runs to the end; {@code COMMAND_LATE} when that does not come in time. Then, and when this process is stopped, the command and
     * its children are stopped first.
     */
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
            return ended(process, command);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the command ran", e);
        } finally {
            if (process.isAlive()) {
                stop(process);
            }
            remove(atExit);
        }
    }

    /** Its output may end long before it does; what it left behind may hold its output long after, and is waited for a moment only. */
    private Ended ended(Process process, List<String> command) throws IOException, InterruptedException {
        Deque<String> last = new ConcurrentLinkedDeque<>();
        FutureTask<Boolean> passing = new FutureTask<>(() -> pass(process, last), true);
        Thread.ofPlatform().daemon().name("output").start(passing);
        if (!process.waitFor(within.toNanos(), TimeUnit.NANOSECONDS)) {
            throw late(command);
        }
        try {
            passing.get(REST.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return new Ended(process.exitValue(), List.copyOf(last));
        } catch (ExecutionException e) {
            throw new IOException("its output could not be passed on", e.getCause());
        }
        return new Ended(process.exitValue(), List.copyOf(last));
    }

    private ProblemException late(List<String> command) {
        return new Problem.Refused(
                        "COMMAND_LATE",
                        "Running `" + String.join(" ", command) + "`",
                        "it has not ended after " + new Span(within)
                                + "; it was stopped, and nothing was registered or attested.",
                        "Find out what it waits for, or give it more time with --timeout MINUTES.")
                .exception();
    }

    private void pass(Process process, Deque<String> last) {
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.accept(line);
                last.add(Style.PLAIN.fit(line));
                if (last.size() > KEPT) {
                    last.remove();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
