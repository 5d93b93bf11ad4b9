package dev.waybill.server.page;

import dev.waybill.api.promotion.ReleaseView;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.CommitId;
import dev.waybill.core.name.Version;
import dev.waybill.core.predicate.Approval;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** How values are worded on pages. */
public final class Words {
    /** Files that a page lists; the rest is a number and a command. */
    public static final int GOODS = 100;

    /** Commits that a page lists. */
    public static final int COMMITS = 50;

    private Words() {}

    public static String versions(List<Version> versions) {
        return versions.stream().map(Version::value).collect(Collectors.joining(" "));
    }

    /** The newest version, or the commit when it has none. */
    public static String name(List<Version> versions, CommitId commit) {
        return versions.isEmpty() ? shortCommit(commit) : versions.getLast().value();
    }

    public static String shortCommit(CommitId commit) {
        return commit.value().substring(0, 10);
    }

    /** {@code 812 B}, {@code 1.4 kB}, {@code 23 MB}; powers of 1000. */
    public static String size(long bytes) {
        if (bytes < 1000) {
            return bytes + " B";
        }
        double value = bytes;
        int unit = -1;
        while (value >= 999.5 && unit < 3) {
            value /= 1000;
            unit++;
        }
        return String.format(Locale.ROOT, value < 10 ? "%.1f %sB" : "%.0f %sB", value, "kMGT".charAt(unit));
    }

    /** A name that every file system takes. */
    public static String fileName(ApplicationName application) {
        return application.value().replace('/', '-');
    }

    /** A name in the pieces between which a narrow column may break it, so that no word of it is torn. */
    public static List<String> breakable(String name) {
        return List.of(name.split("(?<=[/_.@])"));
    }

    private static final Pattern MOMENT = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{2}:[0-9]{2} UTC");

    /**
     * Plain words in pieces, each of which is a date, a time of day or holds neither: no narrow column tears one apart, and the
     * narrowest may break between them.
     */
    public static List<String> moments(String text) {
        List<String> parts = new ArrayList<>();
        Matcher moment = MOMENT.matcher(text);
        int done = 0;
        while (moment.find()) {
            parts.add(text.substring(done, moment.start()));
            parts.add(moment.group());
            done = moment.end();
        }
        parts.add(text.substring(done));
        return parts;
    }

    public static boolean isMoment(String text) {
        return MOMENT.matcher(text).matches();
    }

    /** A part of a sentence: something to type, which stood between backquotes, or plain words. */
    public record Piece(String text, boolean code) {}

    public static List<Piece> pieces(String sentence) {
        List<Piece> pieces = new ArrayList<>();
        String rest = sentence;
        while (true) {
            int open = rest.indexOf('`');
            int close = open < 0 ? -1 : rest.indexOf('`', open + 1);
            if (close < 0) {
                pieces.add(new Piece(rest, false));
                return pieces;
            }
            pieces.add(new Piece(rest.substring(0, open), false));
            pieces.add(new Piece(rest.substring(open + 1, close), true));
            rest = rest.substring(close + 1);
        }
    }

    public static String sign(String outcome) {
        return switch (outcome) {
            case "passed" -> "✓";
            case "refused" -> "✕";
            default -> "◔";
        };
    }

    public static String decided(Approval.Decision decision) {
        return switch (decision) {
            case APPROVED -> "approved";
            case REJECTED -> "rejected";
        };
    }

    /** The form of a promotion's state. */
    public static String form(String state) {
        return switch (state) {
            case "waiting", "withdrawn" -> "unknown";
            case "refused", "failed", "returned" -> "refused";
            case "passed" -> "approved";
            case "deploying" -> "commanded";
            default -> "observed";
        };
    }

    public static String cause(ReleaseView release) {
        return switch (release.cause()) {
            case PROMOTION -> "Promoted";
            case ROLLBACK -> "Rolled back to #" + release.rollbackTo();
            case OFFLINE_ROLLBACK -> "Rolled back to #" + release.rollbackTo() + " while the server was away";
        };
    }

    public static String outcome(String outcome) {
        return outcome.equals("none") ? "not deployed" : outcome;
    }

    public static String outcomeForm(String outcome) {
        return switch (outcome) {
            case "succeeded" -> "approved";
            case "deploying" -> "commanded";
            case "none", "superseded" -> "unknown";
            default -> "refused";
        };
    }
}
