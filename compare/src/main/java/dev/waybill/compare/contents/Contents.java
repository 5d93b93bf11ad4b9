package dev.waybill.compare.contents;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.function.Consumer;

/** Lists the files inside an archive. The format is told from the bytes, never from a name or media type. */
public final class Contents {
    private Contents() {}

    /**
     * Reads the archive to its end or to a limit, and hands over each file as soon as its last byte was seen. The stream is
     * not closed.
     *
     * @throws IOException when the source itself cannot be read
     */
    public static Listing list(InputStream packed, Limits limits, Consumer<Found> found) throws IOException {
        Source source = new Source(packed);
        Budget budget = new Budget(limits, source);
        try {
            boolean archive = new Walk(budget, found).outer(new BufferedInputStream(source, 64 * 1024));
            return ended(archive ? Listing.Outcome.COMPLETE : Listing.Outcome.PLAIN, budget, "");
        } catch (Budget.Met e) {
            return ended(Listing.Outcome.CAPPED, budget, Objects.requireNonNullElse(e.getMessage(), ""));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (IOException | IllegalArgumentException e) {
            // The JDK's zip reader answers some bad names with IllegalArgumentException.
            return ended(
                    Listing.Outcome.UNREADABLE,
                    budget,
                    "The archive is damaged: " + Objects.requireNonNullElse(e.getMessage(), "no reason given") + ".");
        }
    }

    private static Listing ended(Listing.Outcome outcome, Budget budget, String detail) {
        return new Listing(outcome, budget.entries(), budget.bytes(), detail);
    }
}
