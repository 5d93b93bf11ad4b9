package dev.waybill.cli.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A server or an agent: a process that runs until the demo stops it, with its output in a file. */
final class LongRunning implements AutoCloseable {
    private final String name;
    private final Process process;
    private final Path log;

    private LongRunning(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    static LongRunning start(String name, Path directory, Map<String, String> environment, List<String> command)
            throws IOException {
        Path log = directory.resolve(name + ".log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        return new LongRunning(name, process, log);
    }

    String said() throws IOException {
        return Files.readString(log);
    }

    /** Waits until something holds, or fails with what the process said. */
    void until(String what, Duration atMost, BooleanSupplier holds) throws IOException {
        Instant deadline = Instant.now().plus(atMost);
        while (!holds.getAsBoolean()) {
            if (!process.isAlive() || Instant.now().isAfter(deadline)) {
                throw new DemoFailed(name + " did not get to '" + what + "'. It said:\n" + said());
            }
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    /** Pulls the plug. */
    void kill() {
        process.destroyForcibly();
        await();
    }

    /** Asks it to stop; {@link #close} waits until it has. */
    void stop() {
        process.destroy();
    }

    @Override
    public void close() {
        stop();
        if (!await()) {
            kill();
        }
    }

    private boolean await() {
        try {
            return process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
