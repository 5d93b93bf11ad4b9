package dev.waybill.api.client;

import java.io.Closeable;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Asks again when a server says that it is asked too often (429; RFC 6585, 4): after as long as it says in whole seconds, one
 * at least, while all that was waited for one request stays within a bound.
 */
record Waiting(Duration longest) {
    static final Waiting USUAL = new Waiting(Duration.ofMinutes(2));

    /** The first answer that is none of that, or the last one when waiting longer would be too long. */
    <T> HttpResponse<T> exchange(Connection connection, HttpRequest request, BodyHandler<T> handler) {
        Duration waited = Duration.ZERO;
        while (true) {
            HttpResponse<T> answer = connection.exchange(request, handler);
            if (answer.statusCode() != 429) {
                return answer;
            }
            Duration wait = asked(answer);
            waited = waited.plus(wait);
            if (waited.compareTo(longest) > 0) {
                return answer;
            }
            drop(answer.body());
            pause(wait);
        }
    }

    private static Duration asked(HttpResponse<?> answer) {
        String text = answer.headers().firstValue("Retry-After").orElse("").strip();
        return Duration.ofSeconds(text.matches("[0-9]{1,9}") ? Math.max(1, Long.parseLong(text)) : 1);
    }

    /** A connection whose answer nobody read is not used again. */
    private static void drop(Object body) {
        if (body instanceof Closeable open) {
            try {
                open.close();
            } catch (IOException e) {
                // It was not read.
            }
        }
    }

    /** Whoever interrupts is told by the next request. */
    private static void pause(Duration wait) {
        long end = System.nanoTime() + wait.toNanos();
        for (long left = wait.toNanos(); left > 0; left = end - System.nanoTime()) {
            if (Thread.currentThread().isInterrupted()) {
                return;
            }
            LockSupport.parkNanos(left);
        }
    }
}
