package dev.waybill.agent.host;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Starts, knows again and stops processes that belong to themselves. */
public interface Launcher {
    /** @param environment everything the process finds there; nothing is inherited */
    record Launch(List<String> command, Path directory, Path log, Map<String, String> environment) {}

    /** Takes down pid and mark durably while the process still waits; if it throws, the command is never run. */
    @FunctionalInterface
    interface Note {
        void of(long pid, String mark) throws IOException;
    }

    void start(Launch launch, Note note) throws IOException;

    boolean alive(long pid, String mark);

    /** Asks it and its children to end, and ends them after the grace. Returns once they are gone. */
    void stop(long pid, String mark, Duration grace) throws IOException;
}
