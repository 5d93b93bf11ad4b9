package dev.waybill.server;

import java.util.ArrayDeque;
import java.util.Deque;

/** What was opened, to be closed in the opposite order; a part that fails to close keeps no other open. */
final class Opened implements AutoCloseable {
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();

    <T extends AutoCloseable> T add(T part) {
        parts.push(part);
        return part;
    }

    @Override
    public void close() {
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception e) {
                System.getLogger("waybill").log(System.Logger.Level.WARNING, "Closing a part failed", e);
            }
        }
    }
}
