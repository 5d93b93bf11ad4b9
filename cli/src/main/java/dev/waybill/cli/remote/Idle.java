package dev.waybill.cli.remote;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Ends a body of which nothing comes any more: the client's own limit holds for the head of an answer only. */
final class Idle implements AutoCloseable {
    private final InputStream in;
    private final long nanos;
    private final Thread watch;
    private volatile long seen = System.nanoTime();

    private Idle(InputStream in, Duration longest) {
        this.in = in;
        this.nanos = longest.toNanos();
        this.watch = Thread.ofVirtual().start(this::endSilence);
    }

    static Idle watch(InputStream in, Duration longest) {
        return new Idle(in, longest);
    }

    int read(byte[] buffer) throws IOException {
        int n = in.read(buffer);
        seen = System.nanoTime();
        return n;
    }

    private void endSilence() {
        for (long left = nanos; left > 0; left = seen + nanos - System.nanoTime()) {
            LockSupport.parkNanos(left);
            if (Thread.currentThread().isInterrupted()) {
                return;
            }
        }
        try {
            in.close();
        } catch (IOException e) {
            // Whoever reads is told by its own call.
        }
    }

    @Override
    public void close() throws IOException {
        watch.interrupt();
        in.close();
    }
}
