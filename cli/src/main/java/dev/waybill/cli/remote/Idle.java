package dev.waybill.cli.remote;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Ends a body of which nothing comes any more: the client's own limit holds for the head of an answer only. */
final class Idle implements AutoCloseable {
    private final InputStream in;
    private final long nanos;
    private final Thread watch;
    private volatile long seen = System.nanoTime();
    private volatile boolean silent;

    private Idle(InputStream in, Duration longest) {
        this.in = in;
        this.nanos = longest.toNanos();
        this.watch = Thread.ofVirtual().start(this::endSilence);
    }

    static Idle watch(InputStream in, Duration longest) {
        return new Idle(in, longest);
    }

    /** {@code IOException} when nothing came for too long: what came by then is never taken for the whole. */
    int read(byte[] buffer) throws IOException {
        int n;
        try {
            n = in.read(buffer);
        } catch (IOException e) {
            throw silent ? silence(e) : e;
        }
        if (silent) {
            throw silence(null);
        }
        seen = System.nanoTime();
        return n;
    }

    /** All of it, or its first bytes if there are more than that. */
    byte[] readNBytes(int most) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] buffer = new byte[16 * 1024];
        for (int n = read(buffer); n >= 0 && all.size() < most; n = read(buffer)) {
            all.write(buffer, 0, Math.min(n, most - all.size()));
        }
        return all.toByteArray();
    }

    private IOException silence(@Nullable IOException cause) {
        return new IOException("nothing more came for " + TimeUnit.NANOSECONDS.toSeconds(nanos) + " s", cause);
    }

    private void endSilence() {
        for (long left = nanos; left > 0; left = seen + nanos - System.nanoTime()) {
            LockSupport.parkNanos(left);
            if (Thread.currentThread().isInterrupted()) {
                return;
            }
        }
        silent = true;
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
