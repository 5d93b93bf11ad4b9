package dev.waybill.compare.contents;

import java.io.IOException;
import java.io.Serial;

/** Counts what is unpacked and stops when a limit is met. */
final class Budget {
    /** A limit was met; the message says which. */
    static final class Met extends IOException {
        @Serial
        private static final long serialVersionUID = 1L;

        Met(String message) {
            super(message);
        }
    }

    private final Limits limits;
    private final Source source;
    private long entries;
    private long bytes;

    Budget(Limits limits, Source source) {
        this.limits = limits;
        this.source = source;
    }

    void entry() throws Met {
        if (entries >= limits.entries()) {
            throw new Met("More than " + limits.entries() + " files are inside.");
        }
        entries++;
    }

    void unpacked(long count) throws Met {
        bytes += count;
        if (bytes > limits.bytes()) {
            throw new Met("More than " + limits.bytes() + " bytes come out of it.");
        }
        if (bytes > Limits.FREE_BYTES && bytes / limits.ratio() > source.consumed()) {
            throw new Met("More than " + limits.ratio() + " bytes come out of each byte.");
        }
    }

    boolean mayOpen(int depth) {
        return depth < limits.depth();
    }

    long entries() {
        return entries;
    }

    long bytes() {
        return bytes;
    }
}
