package dev.waybill.core.promotion;

import dev.waybill.core.name.ActorName;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.ReleaseId;
import dev.waybill.core.name.Slot;
import dev.waybill.core.policy.Evaluation;
import dev.waybill.core.policy.Request;
import dev.waybill.core.predicate.ReleaseMade;
import dev.waybill.core.predicate.VerificationSummary;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What follows from an event: the next state, what to sign and log, what to do. All three in one transaction. */
public record Decision(Promotion next, List<ToLog> facts, List<Effect> effects) {
    public Decision {
        facts = List.copyOf(facts);
        effects = List.copyOf(effects);
    }

    static Decision of(Promotion next) {
        return new Decision(next, List.of(), List.of());
    }

    /** A fact as far as the decision knows it; the server adds chain, keys and ids of statements, and signs. */
    public sealed interface ToLog {
        /** A verification summary, passed or failed. */
        record Summary(Request request, Evaluation evaluation, VerificationSummary.Result result) implements ToLog {}

        /** A release statement. */
        record Release(
                ReleaseId id,
                Digest artifact,
                long configurationVersion,
                ReleaseMade.Cause cause,
                @Nullable Long rollbackTo,
                @Nullable String why,
                ActorName by,
                Instant at)
                implements ToLog {}

        /** A hold, because the release failed (section 6, Failure). */
        record Hold(Slot slot, ReleaseId failed, String reason, Instant at) implements ToLog {}
    }

    /** Something to do in the world after the transaction, from the outbox; doing it twice does no harm. */
    public sealed interface Effect {
        /** Tell those who may approve; the evaluation says what is missing and what an approval covers. */
        record AskApprovers(Request request, Evaluation evaluation) implements Effect {}

        /** Evaluate again then: time alone may change the verdict. */
        record LookAgain(String promotion, Instant at) implements Effect {}

        /** Give the passed artifact the next number in the slot. */
        record MakeRelease(String promotion) implements Effect {}

        /** Make the release the desired one on the slot's targets. */
        record Command(ReleaseId release) implements Effect {}

        /** Tell whoever follows the promotion. */
        record Tell(String promotion, String sentence) implements Effect {}
    }
}
