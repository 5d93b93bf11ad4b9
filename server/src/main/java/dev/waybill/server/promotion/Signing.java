package dev.waybill.server.promotion;

import dev.waybill.api.WaybillVersion;
import dev.waybill.core.json.Json;
import dev.waybill.core.name.ActorName;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.Slot;
import dev.waybill.core.policy.Evaluation;
import dev.waybill.core.policy.Gate;
import dev.waybill.core.predicate.Approval;
import dev.waybill.core.predicate.Mark;
import dev.waybill.core.predicate.ReleaseMade;
import dev.waybill.core.predicate.VerificationSummary;
import dev.waybill.core.promotion.Decision.ToLog;
import dev.waybill.core.statement.Signed;
import dev.waybill.core.statement.Statement;
import dev.waybill.core.statement.Subject;
import dev.waybill.server.configuration.Configurations;
import dev.waybill.server.configuration.Pipelines;
import dev.waybill.server.history.Histories;
import dev.waybill.server.ledger.Keys;
import dev.waybill.server.release.Release;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The statements of this room. Verdicts are signed by the verdict key, what people and the server did by the record key. */
final class Signing {
    /** Names the rules by which gates are judged; another meaning of a gate is another version. */
    static final String VERIFIER = "https://waybill.dev/verifier/gates/v1";

    private static final String SLSA = "1.2";

    private final Keys keys;

    Signing(Keys keys) {
        this.keys = keys;
    }

    /** A verification summary with everything that the gates read (SLSA v1.2, verification summary). */
    Signed summary(ToLog.Summary fact, Pipelines.Applied pipeline, Instant at) {
        Evaluation evaluation = fact.evaluation();
        List<VerificationSummary.Input> inputs = new ArrayList<>();
        evaluation.used().forEach(id -> inputs.add(input(id)));
        inputs.add(input(pipeline.statement()));
        boolean passed = fact.result() == VerificationSummary.Result.PASSED;
        VerificationSummary says = new VerificationSummary(
                new VerificationSummary.Verifier(VERIFIER, Map.of("waybill", WaybillVersion.TEXT)),
                at,
                VerificationSummary.resourceUri(keys.origin(), evaluation.slot()),
                policy(evaluation, pipeline),
                inputs,
                fact.result(),
                List.of(passed ? "WAYBILL_GATES_PASSED" : "FAILED"),
                SLSA,
                fact.request().promotion(),
                evaluation.configurationVersion(),
                evaluation.gateLines());
        return keys.verdict().sign(Statement.of(says, Subject.of("artifact", evaluation.artifact())));
    }

    /** The applied pipeline's exact bytes; for a rollback, which asks its own gates, those gates. */
    private VerificationSummary.PolicyRef policy(Evaluation evaluation, Pipelines.Applied pipeline) {
        String base = "waybill://" + keys.origin();
        if (evaluation.bringsBack().isPresent()) {
            List<Gate> gates =
                    evaluation.lines().stream().map(Evaluation.Line::gate).toList();
            return new VerificationSummary.PolicyRef(
                    base + "/policy/rollback/v1", digest(Digest.sha256(Json.write(gates))));
        }
        return new VerificationSummary.PolicyRef(
                base + "/app/" + evaluation.slot().application() + "/pipeline/"
                        + pipeline.says().version(),
                digest(pipeline.policy()));
    }

    private VerificationSummary.Input input(Digest statement) {
        return new VerificationSummary.Input(
                "waybill://" + keys.origin() + "/statement/" + statement, digest(statement));
    }

    private static Map<String, String> digest(Digest digest) {
        return Map.of(digest.algorithm().label(), digest.hex());
    }

    /** The second subject is the slot's, so that its releases are found in the ledger without any row of ours. */
    Signed release(ReleaseMade says) {
        return keys.record().sign(Statement.of(says, Subject.of("artifact", says.artifact()), ofSlot(says.slot())));
    }

    /** A release that follows what an agent did alone: its deployment statement is a subject too. */
    Signed release(ReleaseMade says, Digest deployment) {
        return keys.record()
                .sign(Statement.of(
                        says,
                        Subject.of("artifact", says.artifact()),
                        ofSlot(says.slot()),
                        Subject.of(Histories.BECAUSE_OF, deployment)));
    }

    Signed approval(Approval says, Digest artifact) {
        return keys.record().sign(Statement.of(says, Subject.of("artifact", artifact)));
    }

    Signed mark(Mark says) {
        Digest artifact = says.artifact();
        return keys.record()
                .sign(Statement.of(says, artifact == null ? ofSlot(slot(says)) : Subject.of("artifact", artifact)));
    }

    /** A hold because a release failed; the deployment statement beside the slot tells it from a person's. */
    Signed hold(ToLog.Hold fact, Digest deployment, ActorName server) {
        Mark says = new Mark(
                Mark.Kind.HOLD, false, fact.slot().application(), fact.slot(), null, fact.reason(), server, fact.at());
        return keys.record()
                .sign(Statement.of(says, ofSlot(fact.slot()), Subject.of(Histories.BECAUSE_OF, deployment)));
    }

    /** The end of such holds: the release that went well after them is named beside the slot. */
    Signed end(Release overtaking, ActorName server, Instant at) {
        Slot slot = overtaking.says().slot();
        String reason = overtaking.id() + " succeeded on every target.";
        Mark says = new Mark(Mark.Kind.HOLD, true, slot.application(), slot, null, reason, server, at);
        return keys.record().sign(Statement.of(says, ofSlot(slot), Subject.of("release", overtaking.statement())));
    }

    private static Subject ofSlot(Slot slot) {
        return Subject.of(slot.toString(), Configurations.subject(slot));
    }

    private static Slot slot(Mark mark) {
        @Nullable Slot slot = mark.slot();
        if (slot == null) {
            throw new IllegalArgumentException("A mark is about an artifact or a slot");
        }
        return slot;
    }
}
