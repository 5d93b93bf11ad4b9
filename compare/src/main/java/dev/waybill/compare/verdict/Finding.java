package dev.waybill.compare.verdict;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One difference.
 *
 * @param where the way down to it: files, members, parts, the outermost first; empty for the artifact itself
 * @param rule the rule that names it
 * @param before what stands in the first artifact, shortened for people; null when nothing does
 * @param after what stands in the second
 * @param note what else is known about it: the reason why something could not be read, a hint; may be empty
 */
public record Finding(
        List<String> where,
        Rule rule,
        @Nullable String before,
        @Nullable String after,
        String note) {
    public Finding {
        where = List.copyOf(where);
    }

    public Verdict verdict() {
        return rule.verdict();
    }

    /** The place in one line: {@code app.war!/WEB-INF/lib/a.jar!/x/Y.class: method run()V}. */
    public String place() {
        return Where.text(where);
    }

    /** What differs, in words. */
    public String what() {
        if (before == null) {
            return "only in the second" + (after == null || after.isEmpty() ? "" : ": " + after);
        }
        if (after == null) {
            return "only in the first" + (before.isEmpty() ? "" : ": " + before);
        }
        return before + " became " + after;
    }

    /** What, where and why, in one line for people. */
    public String sentence() {
        String place = place();
        return (place.isEmpty() ? "" : place + ": ") + what() + ". " + rule.why() + (note.isEmpty() ? "" : " " + note);
    }
}
