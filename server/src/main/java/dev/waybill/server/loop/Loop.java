package dev.waybill.server.loop;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Does one step after the other in a thread of its own until it is closed. */
public final class Loop implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger("waybill");
    private static final Duration AFTER_TROUBLE = Duration.ofSeconds(2);
    private static final Duration END = Duration.ofSeconds(10);

    /** One turn; it waits for its work by itself, and a wait that is interrupted ends it. */
    @FunctionalInterface
    public interface Step {
        void run() throws IOException, InterruptedException;
    }

    private final String name;
    private final Step step;
    private final Duration pause;
    private final Duration end;
    private @Nullable Thread thread;
    private volatile boolean closed;

    public Loop(String name, Step step) {
        this(name, step, AFTER_TROUBLE, END);
    }

    /**
     * @param pause before the next step after one that failed
     * @param end how long closing waits for the step that runs
     */
    Loop(String name, Step step, Duration pause, Duration end) {
        this.name = name;
        this.step = step;
        this.pause = pause;
        this.end = end;
    }

    public void start() {
        thread = Thread.ofVirtual().name(name).start(this::run);
    }

    /** True once nothing new should begin. */
    public boolean isClosed() {
        return closed;
    }

    private void run() {
        try {
            while (!closed) {
                once();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The pause asks nobody: what failed may be the database itself. */
    private void once() throws InterruptedException {
        try {
            step.run();
        } catch (IOException | RuntimeException | VirtualMachineError e) {
            if (!closed) {
                LOG.log(Level.WARNING, "The thread '" + name + "' failed; it goes on in a moment", e);
                Thread.sleep(pause);
            }
        }
    }

    /** A step that does not end by then is left alone: what it does is whole or not at all, as when the process is killed. */
    @Override
    public void close() {
        closed = true;
        Thread running = thread;
        if (running == null) {
            return;
        }
        running.interrupt();
        try {
            if (!running.join(end)) {
                LOG.log(
                        Level.WARNING,
                        "The thread ''{0}'' does not end within {1} s; it is left behind",
                        name,
                        end.toSeconds());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
