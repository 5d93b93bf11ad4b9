package dev.waybill.cli.terminal;

import java.time.Duration;
import java.time.Instant;

/** One line on a terminal that is written over while something goes on; nothing at all where nobody looks. */
public final class Progress implements AutoCloseable {
    private final Terminal terminal;
    private final Instant start;
    private boolean shown;

    public Progress(Terminal terminal) {
        this.terminal = terminal;
        this.start = terminal.clock().instant();
    }

    public void say(String what) {
        if (!terminal.live()) {
            return;
        }
        Duration passed = Duration.between(start, terminal.clock().instant());
        String age = passed.toSeconds() < 1 ? "" : " (" + Ago.span(passed) + ")";
        terminal.err().print("\r\u001b[K" + terminal.errStyle().dim(what + age));
        terminal.err().flush();
        shown = true;
    }

    @Override
    public void close() {
        clear();
    }

    /** Takes the line away, so that something else can be written there. */
    public void clear() {
        if (shown) {
            terminal.err().print("\r\u001b[K");
            terminal.err().flush();
            shown = false;
        }
    }
}
