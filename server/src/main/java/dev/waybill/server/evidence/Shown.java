package dev.waybill.server.evidence;

import dev.waybill.api.evidence.EvidenceInfo;
import dev.waybill.core.name.Digest;
import dev.waybill.core.predicate.DocumentReference;
import dev.waybill.core.predicate.Provenance;
import dev.waybill.core.predicate.TestResult;
import dev.waybill.core.predicate.VerificationSummary;
import dev.waybill.core.statement.PredicateTypes;
import dev.waybill.core.statement.Statement;
import dev.waybill.server.ledger.Entry;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A statement about an artifact as a line for people. */
final class Shown {
    /** What consumers of the bytes care about. */
    static final List<String> TYPES = List.of(
            PredicateTypes.PROVENANCE,
            PredicateTypes.TEST_RESULT,
            PredicateTypes.REFERENCE,
            PredicateTypes.CYCLONEDX,
            PredicateTypes.SPDX,
            PredicateTypes.VULNERABILITIES,
            PredicateTypes.VERIFICATION_SUMMARY);

    private record Line(String result, String sentence, boolean claimed) {}

    private Shown() {}

    /** Empty for statements of other kinds. */
    static Optional<EvidenceInfo> of(Entry entry, Digest artifact) {
        Statement statement = entry.statement();
        return line(statement)
                .map(line -> new EvidenceInfo(
                        entry.id(),
                        entry.index(),
                        statement.predicateType(),
                        artifact,
                        line.result(),
                        line.sentence(),
                        line.claimed(),
                        entry.at()));
    }

    private static Optional<Line> line(Statement statement) {
        return switch (statement.predicateType()) {
            case PredicateTypes.TEST_RESULT ->
                Optional.of(test(statement.predicate(TestResult.class, PredicateTypes.TEST_RESULT)));
            case PredicateTypes.PROVENANCE ->
                Optional.of(provenance(statement.predicate(Provenance.class, PredicateTypes.PROVENANCE)));
            case PredicateTypes.REFERENCE ->
                Optional.of(document(statement.predicate(DocumentReference.class, PredicateTypes.REFERENCE)));
            case PredicateTypes.VERIFICATION_SUMMARY ->
                Optional.of(
                        summary(statement.predicate(VerificationSummary.class, PredicateTypes.VERIFICATION_SUMMARY)));
            case PredicateTypes.CYCLONEDX, PredicateTypes.SPDX, PredicateTypes.VULNERABILITIES ->
                Optional.of(new Line("ATTESTED", "A document of type " + statement.predicateType() + ".", true));
            default -> Optional.empty();
        };
    }

    private static Line test(TestResult test) {
        TestResult.Counts counts = test.counts();
        String numbers = counts == null
                ? "no report, the exit code was " + test.run().exitCode()
                : counts.passed() + " of " + counts.tests() + " passed, " + (counts.failed() + counts.errors())
                        + " failed, " + counts.skipped() + " skipped";
        String bound = switch (test.binding()) {
            case BUILD -> "run inside the build";
            case FETCHED -> "run on these bytes, as the sender says";
            case OBSERVED -> "run against these bytes, as the agent saw before and after";
            case CLAIMED -> "claimed: nothing ties the run to these bytes";
        };
        return new Line(
                test.result().name(),
                "Suite " + test.suite() + " " + test.result().name().toLowerCase(Locale.ROOT) + ": " + numbers + "; "
                        + bound + ".",
                test.binding() == TestResult.Binding.CLAIMED);
    }

    private static Line provenance(Provenance provenance) {
        return new Line("BUILT", "Built by " + provenance.runDetails().builder().id() + ".", false);
    }

    private static Line document(DocumentReference reference) {
        String names = String.join(
                ", ",
                reference.references().stream()
                        .map(DocumentReference.Document::name)
                        .toList());
        return new Line("ATTESTED", "Refers to " + names + " (" + reference.about() + ").", true);
    }

    private static Line summary(VerificationSummary summary) {
        return new Line(
                summary.verificationResult().name(),
                "Decision for " + summary.resourceUri() + ": "
                        + summary.verificationResult().name().toLowerCase(Locale.ROOT) + ".",
                false);
    }
}
