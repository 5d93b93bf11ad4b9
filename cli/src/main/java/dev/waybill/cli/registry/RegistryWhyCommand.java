package dev.waybill.cli.registry;

import dev.waybill.api.registry.WhyKept;
import dev.waybill.cli.Exit;
import dev.waybill.cli.Session;
import dev.waybill.cli.terminal.Style;
import dev.waybill.core.name.Digest;
import dev.waybill.core.text.Bytes;
import dev.waybill.core.text.Count;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code waybill registry why}. */
@Command(name = "why", description = "Why a digest is kept or not, in every repository that you may read.")
@SuppressWarnings("NullAway.Init")
public final class RegistryWhyCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "REF", description = "A digest, or a reference such as APP@COMMIT, APP:VERSION, ENV/APP.")
    private String reference;

    public RegistryWhyCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        Digest digest = reference.startsWith("sha256:") || reference.startsWith("sha512:")
                ? Digest.parse(reference)
                : session.client().artifacts().resolve(reference).digest();
        WhyKept why = session.client().storage().why(digest);
        session.answer(why, () -> text(why));
        session.closing(closing(why), "waybill registry storage");
        return Exit.DONE;
    }

    private String text(WhyKept why) {
        Style style = session.style();
        StringBuilder text = new StringBuilder(style.bold(why.digest().toString())).append('\n');
        for (WhyKept.Place place : why.places()) {
            text.append(place.repository())
                    .append("  ")
                    .append(place.kind())
                    .append(", ")
                    .append(Bytes.of(place.size()))
                    .append('\n');
            WhyKept.Removed removed = place.removed();
            if (removed != null) {
                text.append("  ")
                        .append(style.bad("✗"))
                        .append(' ')
                        .append(sentence(removed))
                        .append('\n');
            } else if (place.reasons().isEmpty()) {
                text.append("  ")
                        .append(style.warn("○"))
                        .append(" Nothing keeps it: the next collection takes it out.\n");
            }
            for (WhyKept.Reason reason : place.reasons()) {
                text.append("  ")
                        .append(style.good("✓"))
                        .append(' ')
                        .append(sentence(reason))
                        .append('\n');
            }
            if (place.otherReasons() > 0) {
                text.append("    and ").append(place.otherReasons()).append(" more\n");
            }
        }
        if (why.otherPlaces() > 0) {
            text.append("and in ").append(why.otherPlaces()).append(" more places\n");
        }
        return text.toString();
    }

    private String sentence(WhyKept.Reason reason) {
        String ends = reason.until() == null ? "" : " That ends " + day(reason.until()) + ".";
        return reason.because() + ends + through(reason.through());
    }

    private static String through(List<Digest> through) {
        return through.isEmpty()
                ? ""
                : " Through " + through.stream().map(Digest::shortHex).collect(Collectors.joining(", then ")) + ".";
    }

    private String sentence(WhyKept.Removed removed) {
        String taken = "Taken out " + day(removed.at()) + " by " + removed.by() + ": " + removed.why() + ". ";
        return taken
                + (removed.gone()
                        ? "Its bytes are gone; its statements stay."
                        : "It can be brought back until " + day(removed.until()) + ".");
    }

    private static String day(Instant instant) {
        return instant.toString().substring(0, 10);
    }

    private static String closing(WhyKept why) {
        long kept = why.places().stream()
                .filter(p -> p.removed() == null && !p.reasons().isEmpty())
                .count();
        String bytes = why.bytes().there() ? "on disk" : "not on disk";
        String checked = why.bytes().checkedAt() == null
                ? "not read again yet"
                : (why.bytes().whole() ? "last read whole " : "found damaged ")
                        + day(why.bytes().checkedAt());
        String more = why.otherPlaces() > 0 ? " of the places shown" : "";
        return "Kept in " + Count.of(kept, "repository", "repositories") + more + "; its bytes are " + bytes + ", "
                + checked + ".";
    }
}
