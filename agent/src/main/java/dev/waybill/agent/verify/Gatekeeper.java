package dev.waybill.agent.verify;

import dev.waybill.api.deploy.DesiredRelease;
import dev.waybill.core.json.Json;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.Slot;
import dev.waybill.core.predicate.ReleaseMade;
import dev.waybill.core.predicate.VerificationSummary;
import dev.waybill.core.problem.Problem;
import dev.waybill.core.statement.PredicateTypes;
import dev.waybill.core.verify.Question;
import dev.waybill.core.verify.TrustRoot;
import dev.waybill.core.verify.Verified;
import dev.waybill.core.verify.Verifier;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;

/** Decides whether a release that the server asks for may be applied in a slot. */
public final class Gatekeeper {
    private final Verifier verifier;
    private final Witness witness;

    public Gatekeeper(TrustRoot trust, Witness witness) {
        this.verifier = new Verifier(trust);
        this.witness = witness;
    }

    /** The last release statement of the slot that was verified here. */
    public record Before(OptionalLong number, Optional<Digest> id) {}

    /** Throws the verifier's problem, {@code VERDICT_FAILED}, {@code RELEASE_MISMATCH} or {@code RELEASE_CHAIN_BROKEN}. */
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

    /** A chain says that nothing was left out: numbers only rise, and the next one names the one before. */
    private static void requireChain(Slot slot, ReleaseMade made, Digest id, Before before) {
        if (before.number().isEmpty()) {
            return;
        }
        long last = before.number().getAsLong();
        boolean same = made.number() == last && before.id().filter(id::equals).isPresent();
        boolean next = made.number() == last + 1
                && before.id().filter(b -> b.equals(made.previous())).isPresent();
        boolean later = made.number() > last + 1 && made.previous() != null;
        if (!same && !next && !later) {
            throw refuse("RELEASE_CHAIN_BROKEN", slot, "release #" + made.number() + " does not follow #" + last + ".");
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
