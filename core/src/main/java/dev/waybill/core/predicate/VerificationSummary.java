package dev.waybill.core.predicate;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.Slot;
import dev.waybill.core.statement.Predicate;
import dev.waybill.core.statement.PredicateTypes;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * SLSA verification summary v1 (slsa.dev, verification_summary): a decision about one digest, scoped to one environment by
 * {@code resourceUri} (see {@link #resourceUri}). Subject: the artifact's digest.
 *
 * @param promotion extension: which promotion this decides
 * @param configurationVersion extension: the configuration that the decision was about
 * @param gates extension: each gate with its outcome as a sentence
 */
public record VerificationSummary(
        Verifier verifier,
        Instant timeVerified,
        String resourceUri,
        PolicyRef policy,
        List<Input> inputAttestations,
        Result verificationResult,
        List<String> verifiedLevels,
        String slsaVersion,

        @JsonProperty("https://waybill.dev/vsa/promotion") @Nullable
        String promotion,

        @JsonProperty("https://waybill.dev/vsa/configuration-version") @Nullable
        Long configurationVersion,

        @JsonProperty("https://waybill.dev/vsa/gates") @Nullable
        List<GateLine> gates)
        implements Predicate {
    public enum Result {
        PASSED,
        FAILED
    }

    public record Verifier(String id, @Nullable Map<String, String> version) {}

    public record PolicyRef(String uri, Map<String, String> digest) {}

    /** {@code digest} is the statement's id. */
    public record Input(String uri, Map<String, String> digest) {}

    public record GateLine(String gate, String outcome, String sentence) {}

    /** The scope rule: {@code waybill://<ledger origin>/env/<environment>/app/<application>}, compared exactly. */
    public static String resourceUri(String origin, Slot slot) {
        return "waybill://" + origin + "/env/" + slot.environment() + "/app/" + slot.application();
    }

    /** True if one of its gates asked for approvals. */
    public boolean asksForApproval() {
        return gates != null && gates.stream().anyMatch(line -> line.gate().startsWith("approvals"));
    }

    /** Ids of the statements that the decision used. */
    public List<Digest> inputs() {
        return inputAttestations.stream()
                .map(input -> Digest.parse("sha256:" + input.digest().get("sha256")))
                .toList();
    }

    @Override
    public String predicateType() {
        return PredicateTypes.VERIFICATION_SUMMARY;
    }
}
