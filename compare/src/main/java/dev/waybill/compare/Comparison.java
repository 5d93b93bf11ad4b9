package dev.waybill.compare;

import dev.waybill.compare.bytes.Bounds;
import dev.waybill.compare.bytes.Budget;
import dev.waybill.compare.bytes.Scratch;
import dev.waybill.compare.form.Reading;
import dev.waybill.compare.verdict.Finding;
import dev.waybill.compare.verdict.Rule;
import dev.waybill.compare.verdict.Verdict;
import dev.waybill.compare.walk.Findings;
import dev.waybill.compare.walk.Proof;
import dev.waybill.compare.walk.Walker;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Compares two artifacts.
 *
 * <pre>{@code
 * try (Subject ours = FileSubject.of(Path.of("ours.jar"));
 *      Subject theirs = FileSubject.of(Path.of("theirs.jar"))) {
 *     Result result = new Comparison(Bounds.DEFAULT).of(ours, theirs);
 *     if (!result.verdict().benign()) {
 *         result.findings().forEach(finding -> System.out.println(finding.sentence()));
 *     }
 * }
 * }</pre>
 */
public final class Comparison {
    private final Bounds bounds;
    private final Consumer<String> watch;

    public Comparison(Bounds bounds) {
        this(bounds, name -> {});
    }

    /** @param watch hears the name of each file inside that is opened, for a line of progress */
    public Comparison(Bounds bounds, Consumer<String> watch) {
        this.bounds = bounds;
        this.watch = watch;
    }

    /**
     * Compares the two, whatever they are. Broken, hostile and encrypted inputs end in findings.
     *
     * @throws IOException when an input or the temporary directory itself cannot be read or written
     */
    public Result of(Subject first, Subject second) throws IOException {
        Findings findings = new Findings(bounds.findings());
        try (Scratch scratch = new Scratch(new Budget(bounds))) {
            Reading reading = new Reading(Formats.all(), scratch);
            new Walker(reading, findings, watch).compare(first.value(reading), second.value(reading));
        }
        Proof.@Nullable Outcome proof = null;
        if (findings.worst() != Verdict.IDENTICAL && findings.worst().benign()) {
            proof = prove(first, second, findings);
        }
        return result(first, second, findings, proof);
    }

    /** A verdict that is benign stands only if the rules that were named make the two equal. */
    private Proof.Outcome prove(Subject first, Subject second, Findings findings) throws IOException {
        Set<Rule> rules = new TreeSet<>(findings.counts().keySet());
        Proof.Outcome outcome;
        try (Scratch scratch = new Scratch(new Budget(bounds))) {
            Reading reading = new Reading(Formats.all(), scratch);
            outcome = Proof.of(first.value(reading), second.value(reading), rules, reading);
        }
        if (!outcome.holds()) {
            findings.add(Proof.failed());
        }
        return outcome;
    }

    private static Result result(Subject first, Subject second, Findings findings, Proof.@Nullable Outcome proof)
            throws IOException {
        List<Finding> sorted = new ArrayList<>(findings.kept());
        sorted.sort(java.util.Comparator.comparing(Finding::verdict).reversed());
        Map<Rule, Integer> counts = findings.counts();
        return new Result(
                first.identity(),
                second.identity(),
                findings.worst(),
                sorted,
                counts,
                proof != null && proof.holds() ? proof.first() : null);
    }
}
