package dev.waybill.core.statement;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.waybill.core.problem.Problem;
import java.util.Locale;
import java.util.Set;

/** What a key may say. Role, predicate and key must agree, or a statement counts for nothing ({@code KEY_ROLE_FORBIDDEN}). */
public enum KeyRole {
    /** What a builder or reporter told the server: provenance, tests, bills of material, scans. */
    INGEST(Set.of(
            PredicateTypes.PROVENANCE,
            PredicateTypes.TEST_RESULT,
            PredicateTypes.CYCLONEDX,
            PredicateTypes.SPDX,
            PredicateTypes.VULNERABILITIES,
            PredicateTypes.REFERENCE)),
    /** Decisions. */
    VERDICT(Set.of(PredicateTypes.VERIFICATION_SUMMARY)),
    /** What people and the server did. */
    RECORD(Set.of(
            PredicateTypes.REGISTRATION,
            PredicateTypes.LABEL,
            PredicateTypes.LINK,
            PredicateTypes.APPROVAL,
            PredicateTypes.PIPELINE,
            PredicateTypes.CONFIGURATION,
            PredicateTypes.RELEASE,
            PredicateTypes.CLAIMED_DEPLOYMENT,
            PredicateTypes.MARK,
            PredicateTypes.KEY,
            PredicateTypes.PULL_LIMIT,
            PredicateTypes.COPY)),
    /** What happened and what runs, from beside the target. */
    AGENT(Set.of(PredicateTypes.DEPLOYMENT, PredicateTypes.OBSERVATION));

    private final Set<String> predicateTypes;

    KeyRole(Set<String> predicateTypes) {
        this.predicateTypes = predicateTypes;
    }

    public boolean maySay(String predicateType) {
        return predicateTypes.contains(predicateType);
    }

    @JsonCreator
    public static KeyRole parse(String label) {
        for (KeyRole role : values()) {
            if (role.label().equals(label)) {
                return role;
            }
        }
        throw new Problem.Malformed(
                        "KEY_ROLE_INVALID",
                        "Reading the key role '" + label + "'",
                        "roles of keys are ingest, verdict, record and agent.",
                        "Use one of these.")
                .exception();
    }

    @JsonValue
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
