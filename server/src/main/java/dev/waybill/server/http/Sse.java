package dev.waybill.server.http;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Server-sent events (WHATWG HTML, "Server-sent events"): tells a page that something grew. One virtual thread per
 * listener, which blocks; a comment now and then finds out whether the client is still there.
 */
public final class Sse implements AutoCloseable {
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);

    /** How often a waiting listener looks whether the server is closing. */
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final AtomicBoolean closed = new AtomicBoolean();

    /** What listeners wait for: returns the present size, after at most so long, or sooner when it exceeds {@code known}. */
    @FunctionalInterface
    public interface Growth {
        long await(long known, Duration atMost);
    }

    /** Sends one event {@code grown} with the new size for each growth, until the client goes or the server closes. */
    public void stream(Call call, Growth growth) throws IOException {
        HttpServletResponse response = call.context().res();
        response.setContentType("text/event-stream; charset=utf-8");
        response.setHeader("Cache-Control", "no-store");
        OutputStream out = response.getOutputStream();
        long known = growth.await(Long.MAX_VALUE, Duration.ZERO);
        send(out, "retry: 2000\n\n");
        int quiet = 0;
        while (!closed.get() && !Thread.currentThread().isInterrupted()) {
            long now = growth.await(known, LOOK);
            if (now > known) {
                known = now;
                send(out, "event: grown\ndata: " + now + "\n\n");
                quiet = 0;
            } else if (++quiet >= HEARTBEAT.toSeconds()) {
                send(out, ": here\n\n");
                quiet = 0;
            }
        }
    }

    private static void send(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    /** Ends every stream within a second, so that the server can stop. */
    @Override
    public void close() {
        closed.set(true);
    }
}
