package dev.waybill.server.http;

import dev.waybill.core.problem.Problem;
import java.util.List;
import java.util.Locale;

/**
 * What broke underneath, as the problem that whoever asked is told. A full disk comes up as text alone: strerror(3) through
 * the JDK and PostgreSQL, and SQLite's own words for SQLITE_FULL.
 */
final class Faults {
    private static final List<String> FULL = List.of("no space left", "quota exceeded", "database or disk is full");

    private Faults() {}

    static Problem problem(String tried, Throwable fault) {
        if (isFullDisk(fault)) {
            return new Problem.Unavailable(
                    "DISK_FULL",
                    tried,
                    "the disk under the data directory or the database is full.",
                    "Free space there, then send it again; nothing was done by halves, and nothing that was stored is lost.");
        }
        return new Problem.Unavailable(
                "SERVER_BROKEN",
                tried,
                "the server failed while answering (" + fault.getClass().getSimpleName() + ").",
                "Try again; the server's log has the cause.");
    }

    private static boolean isFullDisk(Throwable fault) {
        for (Throwable t = fault; t != null; t = t.getCause()) {
            String text = String.valueOf(t.getMessage()).toLowerCase(Locale.ROOT);
            if (FULL.stream().anyMatch(text::contains)) {
                return true;
            }
        }
        return false;
    }
}
