package dev.waybill.compare;

import dev.waybill.compare.verdict.Finding;
import dev.waybill.compare.verdict.Rule;
import dev.waybill.compare.verdict.Verdict;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What came out.
 *
 * @param verdict the worst of all findings
 * @param findings the worst first, otherwise in the order in which they stand; bounded, see {@code counts}
 * @param counts how often each rule was met, also beyond what is listed; when the verdict is benign, these are the rules
 *     that make the two equal
 * @param proof for a benign verdict other than identical: the hash of what both are once these rules are applied
 */
public record Result(
        Identity first,
        Identity second,
        Verdict verdict,
        List<Finding> findings,
        Map<Rule, Integer> counts,
        @Nullable String proof) {
    /** @param sha256 hexadecimal; of a directory the hash of its listing */
    public record Identity(String name, long size, String sha256) {}
}
