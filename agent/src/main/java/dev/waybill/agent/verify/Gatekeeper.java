package dev.waybill.agent.verify;

import dev.waybill.api.deploy.DesiredRelease;
import dev.waybill.api.promotion.ConfigurationValue;
import dev.waybill.core.bundle.Bytes;
import dev.waybill.core.json.Json;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.ReleaseId;
import dev.waybill.core.name.Slot;
import dev.waybill.core.predicate.ConfigurationSet;
import dev.waybill.core.predicate.ReleaseMade;
import dev.waybill.core.predicate.VerificationSummary;
import dev.waybill.core.problem.Problem;
import dev.waybill.core.problem.ProblemException;
import dev.waybill.core.statement.PredicateTypes;
import dev.waybill.core.verify.Commitment;
import dev.waybill.core.verify.Question;
import dev.waybill.core.verify.TrustRoot;
import dev.waybill.core.verify.Verified;
import dev.waybill.core.verify.Verifier;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Decides whether a release that the server asks for may be applied in a slot. */
public final class Gatekeeper {
    private final Verifier verifier;
    private final Witness witness;
    private final Links links;

    /** Release statements as the server shows them, each a bundle: those that this agent never saw while it was away. */
    @FunctionalInterface
    public interface Links {
        byte[] of(ReleaseId release);
    }

    public Gatekeeper(TrustRoot trust, Witness witness, Links links) {
        this.verifier = new Verifier(trust);
        this.witness = witness;
        this.links = links;
    }

    /** The last release statement of the slot that was verified here. */
    public record Before(OptionalLong number, Optional<Digest> id) {}

    /** Throws the verifier's problem, {@code VERDICT_FAILED}, {@code RELEASE_MISMATCH}, {@code CONFIGURATION_MISMATCH} or {@code RELEASE_CHAIN_BROKEN}. */
    public Checked check(Slot slot, DesiredRelease desired, Before before) throws IOException {
        witness.follow();
        Verified summary = verifier.verify(
                Json.write(desired.summaryBundle()),
                Question.about(desired.artifact(), PredicateTypes.VERIFICATION_SUMMARY)
                        .in(slot));
        VerificationSummary verdict =
                summary.statement().predicate(VerificationSummary.class, PredicateTypes.VERIFICATION_SUMMARY);
        if (verdict.verificationResult() != VerificationSummary.Result.PASSED) {
            throw refuse("VERDICT_FAILED", slot, "the verification summary says FAILED.");
        }
        Verified release = verifier.verify(
                Json.write(desired.releaseBundle()),
                Question.about(desired.artifact(), PredicateTypes.RELEASE).in(slot));
        ReleaseMade made = release.statement().predicate(ReleaseMade.class, PredicateTypes.RELEASE);
        requireAgreement(slot, desired, made, verdict, summary.id());
        requireConfiguration(slot, desired, made);
        requireChain(slot, made, release.id(), before);
        witness.require(summary.checkpoint());
        witness.require(release.checkpoint());
        return new Checked(made, release.id());
    }

    private static void requireAgreement(
            Slot slot, DesiredRelease desired, ReleaseMade made, VerificationSummary verdict, Digest summary) {
        boolean agrees = made.number() == desired.release().number()
                && desired.release().slot().equals(slot)
                && made.artifact().equals(desired.artifact())
                && made.commit().equals(desired.commit())
                && made.configurationVersion() == desired.configurationVersion()
                && made.summary().equals(summary)
                && (verdict.configurationVersion() == null
                        || verdict.configurationVersion() == made.configurationVersion());
        if (!agrees) {
            throw refuse("RELEASE_MISMATCH", slot, "release, verdict and what was sent beside them disagree.");
        }
    }

    /** The settings are those that the release names: every value opens its commitment, and there are no others. */
    private void requireConfiguration(Slot slot, DesiredRelease desired, ReleaseMade made) throws IOException {
        JsonNode bundle = desired.configurationBundle();
        if (made.configuration() == null || bundle == null) {
            boolean none = made.configurationVersion() == 0
                    && made.configuration() == null
                    && desired.configuration().isEmpty();
            if (!none) {
                throw refuse("CONFIGURATION_MISMATCH", slot, "the release and the configuration that came disagree.");
            }
            return;
        }
        Verified set = verifier.verify(
                Json.write(bundle), Question.of(PredicateTypes.CONFIGURATION).in(slot));
        ConfigurationSet says = set.statement().predicate(ConfigurationSet.class, PredicateTypes.CONFIGURATION);
        if (!set.id().equals(made.configuration()) || says.version() != made.configurationVersion()) {
            throw refuse("CONFIGURATION_MISMATCH", slot, "another configuration came than the release names.");
        }
        Map<String, Commitment.Opened> opened = new HashMap<>();
        desired.configuration().forEach((key, value) -> opened.put(key, opened(desired, key, value)));
        Commitment.requireAll(says, opened);
        witness.require(set.checkpoint());
    }

    private static Commitment.Opened opened(DesiredRelease desired, String key, ConfigurationValue value) {
        String commitment = desired.commitmentKeys().getOrDefault(key, "");
        byte[] bytes = value.value().getBytes(StandardCharsets.UTF_8);
        if (value.kind() == ConfigurationSet.Kind.FILE) {
            try {
                bytes = Base64.getDecoder().decode(bytes);
            } catch (IllegalArgumentException e) {
                throw refuse("CONFIGURATION_MISMATCH", desired.release().slot(), "the file " + key + " is not base64.");
            }
        }
        return new Commitment.Opened(value.kind(), Bytes.of(bytes), commitment);
    }

    /**
     * A chain says that nothing was left out (law 5): numbers rise by one, and each release names the one before. Those that came while
     * this agent was away are asked for and held against the chain one by one; a gap that the server does not fill is refused.
     */
    private void requireChain(Slot slot, ReleaseMade made, Digest id, Before before) throws IOException {
        if (before.number().isEmpty()) {
            return;
        }
        long last = before.number().getAsLong();
        Digest known = before.id().orElse(null);
        if (made.number() == last && id.equals(known)) {
            return;
        }
        for (long number = last + 1; number < made.number(); number++) {
            Verified link = link(new ReleaseId(slot, number), made);
            ReleaseMade says = link.statement().predicate(ReleaseMade.class, PredicateTypes.RELEASE);
            requireNext(slot, says, number, known);
            witness.require(link.checkpoint());
            known = link.id();
        }
        requireNext(slot, made, Math.max(made.number(), last + 1), known);
    }

    private Verified link(ReleaseId release, ReleaseMade wanted) {
        try {
            return verifier.verify(
                    links.of(release), Question.of(PredicateTypes.RELEASE).in(release.slot()));
        } catch (ProblemException e) {
            if (e.problem() instanceof Problem.Unavailable) {
                throw e;
            }
            throw refuse(
                    "RELEASE_CHAIN_BROKEN",
                    release.slot(),
                    "release " + release + " lies before #" + wanted.number() + ", and the server does not show it: "
                            + e.problem().missing());
        }
    }

    private static void requireNext(Slot slot, ReleaseMade made, long number, @Nullable Digest before) {
        if (made.number() != number || before == null || !before.equals(made.previous())) {
            throw refuse(
                    "RELEASE_CHAIN_BROKEN",
                    slot,
                    "release #" + made.number() + " does not follow #" + (number - 1) + " as this agent verified it.");
        }
    }

    private static RuntimeException refuse(String code, Slot slot, String why) {
        return new Problem.Refused(
                        code,
                        "Checking what shall run in " + slot,
                        why,
                        "Nothing was changed. Promote again; if it stays so, ask who runs the server.")
                .exception();
    }
}
