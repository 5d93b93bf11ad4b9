package dev.waybill.core.verify;

import dev.waybill.core.json.Json;
import dev.waybill.core.name.Slot;
import dev.waybill.core.predicate.Approval;
import dev.waybill.core.predicate.ClaimedDeployment;
import dev.waybill.core.predicate.ConfigurationSet;
import dev.waybill.core.predicate.Copy;
import dev.waybill.core.predicate.Deployment;
import dev.waybill.core.predicate.KeyChange;
import dev.waybill.core.predicate.Label;
import dev.waybill.core.predicate.Mark;
import dev.waybill.core.predicate.Observation;
import dev.waybill.core.predicate.PipelineApplied;
import dev.waybill.core.predicate.Provenance;
import dev.waybill.core.predicate.PullLimit;
import dev.waybill.core.predicate.Registration;
import dev.waybill.core.predicate.ReleaseMade;
import dev.waybill.core.predicate.TestResult;
import dev.waybill.core.predicate.VerificationSummary;
import dev.waybill.core.statement.Predicate;
import dev.waybill.core.statement.PredicateTypes;
import dev.waybill.core.statement.Statement;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads known predicates strictly, and what in them must agree with the key and the question. */
final class Scope {
    private static final Map<String, Class<? extends Predicate>> KNOWN = Map.ofEntries(
            Map.entry(PredicateTypes.PROVENANCE, Provenance.class),
            Map.entry(PredicateTypes.TEST_RESULT, TestResult.class),
            Map.entry(PredicateTypes.VERIFICATION_SUMMARY, VerificationSummary.class),
            Map.entry(PredicateTypes.REGISTRATION, Registration.class),
            Map.entry(PredicateTypes.LABEL, Label.class),
            Map.entry(PredicateTypes.APPROVAL, Approval.class),
            Map.entry(PredicateTypes.PIPELINE, PipelineApplied.class),
            Map.entry(PredicateTypes.CONFIGURATION, ConfigurationSet.class),
            Map.entry(PredicateTypes.RELEASE, ReleaseMade.class),
            Map.entry(PredicateTypes.DEPLOYMENT, Deployment.class),
            Map.entry(PredicateTypes.CLAIMED_DEPLOYMENT, ClaimedDeployment.class),
            Map.entry(PredicateTypes.OBSERVATION, Observation.class),
            Map.entry(PredicateTypes.MARK, Mark.class),
            Map.entry(PredicateTypes.KEY, KeyChange.class),
            Map.entry(PredicateTypes.PULL_LIMIT, PullLimit.class),
            Map.entry(PredicateTypes.COPY, Copy.class));

    private Scope() {}

    /** The predicate as its record, null for types that are only stored. */
    static @Nullable Predicate read(Statement statement) {
        Class<? extends Predicate> type = KNOWN.get(statement.predicateType());
        return type == null ? null : Json.bindOpen(statement.predicate(), type);
    }

    /** The slot that the statement says it is about, null when it names none. */
    static @Nullable Slot slot(@Nullable Predicate predicate) {
        return switch (predicate) {
            case Approval approval -> approval.slot();
            case ConfigurationSet configuration -> configuration.slot();
            case ReleaseMade release -> release.slot();
            case Deployment deployment -> deployment.release().slot();
            case ClaimedDeployment claim -> claim.slot();
            case Observation observation -> observation.slot();
            case Mark mark -> mark.slot();
            case null, default -> null;
        };
    }

    /** Which agent speaks, null for other statements. */
    static @Nullable String agent(@Nullable Predicate predicate) {
        return switch (predicate) {
            case Deployment deployment -> deployment.agent().toString();
            case Observation observation -> observation.agent().toString();
            case null, default -> null;
        };
    }

    /** The builder or verifier that the statement claims to come from, null for other statements. */
    static @Nullable String claimedId(@Nullable Predicate predicate) {
        return switch (predicate) {
            case Provenance provenance -> provenance.runDetails().builder().id();
            case VerificationSummary summary -> summary.verifier().id();
            case null, default -> null;
        };
    }

    /** True if the statement is about this slot; a summary says so by its resource URI, compared exactly. */
    static boolean covers(@Nullable Predicate predicate, Slot slot, String origin) {
        return predicate instanceof VerificationSummary summary
                ? summary.resourceUri().equals(VerificationSummary.resourceUri(origin, slot))
                : slot.equals(slot(predicate));
    }
}
