package dev.waybill.core.promotion;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.waybill.core.name.ActorName;
import dev.waybill.core.name.ReleaseId;
import dev.waybill.core.policy.Evaluation;
import dev.waybill.core.policy.Gate;
import dev.waybill.core.policy.Request;
import dev.waybill.core.policy.Verdict;
import dev.waybill.core.predicate.Deployment;
import dev.waybill.core.predicate.ReleaseMade;
import dev.waybill.core.predicate.VerificationSummary;
import dev.waybill.core.problem.Problem;
import dev.waybill.core.promotion.Decision.Effect;
import dev.waybill.core.promotion.Decision.ToLog;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Requested, awaiting a decision, decided, released, deploying; then succeeded, failed or returned. Or refused, withdrawn,
 * superseded. Records, so that the server can keep one as JSON; constructors refuse what no transition could have made.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "state")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Promotion.Requested.class, name = "requested"),
    @JsonSubTypes.Type(value = Promotion.AwaitingDecision.class, name = "awaiting-decision"),
    @JsonSubTypes.Type(value = Promotion.Decided.class, name = "decided"),
    @JsonSubTypes.Type(value = Promotion.Released.class, name = "released"),
    @JsonSubTypes.Type(value = Promotion.Deploying.class, name = "deploying"),
    @JsonSubTypes.Type(value = Promotion.Succeeded.class, name = "succeeded"),
    @JsonSubTypes.Type(value = Promotion.Failed.class, name = "failed"),
    @JsonSubTypes.Type(value = Promotion.Returned.class, name = "returned"),
    @JsonSubTypes.Type(value = Promotion.Refused.class, name = "refused"),
    @JsonSubTypes.Type(value = Promotion.Withdrawn.class, name = "withdrawn"),
    @JsonSubTypes.Type(value = Promotion.Superseded.class, name = "superseded")
})
public sealed interface Promotion {
    Request request();

    /** {@code requested}, {@code awaiting-decision} and so on, as JSON and the wire have it. */
    default String state() {
        return getClass().getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }

    /** Starts a promotion. */
    static Requested request(Request request) {
        return new Requested(request, null);
    }

    /** Starts a rollback. */
    static Requested rollback(Request request, Rollback rollback) {
        return new Requested(request, rollback);
    }

    /** The next state, the facts and the effects; {@code PROMOTION_NOT_POSSIBLE} when the event cannot happen in this state. */
    static Decision decide(Promotion state, Event event) {
        return switch (event) {
            case Event.Judged e when state instanceof Undecided s -> s.judged(e.evaluation());
            case Event.Withdraw e when state instanceof Undecided s -> s.withdrawn(e);
            case Event.Supersede e when state instanceof Open s -> s.superseded(e);
            case Event.Numbered e when state instanceof Decided s -> s.released(e.release(), e.at());
            case Event.Commanded e when state instanceof Released s -> s.commanded(e.targets());
            case Event.Reported e when state instanceof Deploying s -> s.reported(e.deployment());
            case Event.Left e when state instanceof Deploying s -> s.left(e);
            default ->
                throw new Problem.Conflict(
                                "PROMOTION_NOT_POSSIBLE",
                                "Changing promotion " + state.request().promotion(),
                                "it is " + state.state() + ", where `"
                                        + event.getClass().getSimpleName().toLowerCase(Locale.ROOT)
                                        + "` cannot happen.",
                                "Look at it again: `waybill status "
                                        + state.request().promotion() + "`.")
                        .exception();
        };
    }

    /** Not at an end: a later promotion may take its place. */
    sealed interface Open extends Promotion {
        default Decision superseded(Event.Supersede by) {
            Superseded next = new Superseded(request(), by.promotion(), by.at());
            return new Decision(
                    next, List.of(), List.of(new Effect.Tell(request().promotion(), next.sentence())));
        }
    }

    /** No release yet: the gates may be evaluated (again), the request may be taken back. */
    sealed interface Undecided extends Open {
        @Nullable
        Rollback rollback();

        default Decision judged(Evaluation evaluation) {
            Transitions.requireSame(request(), rollback(), evaluation);
            return Transitions.judged(this, evaluation);
        }

        default Decision withdrawn(Event.Withdraw by) {
            return Decision.of(new Withdrawn(request(), by.by(), by.reason(), by.at()));
        }
    }

    record Requested(Request request, @Nullable Rollback rollback) implements Undecided {}

    record AwaitingDecision(Request request, @Nullable Rollback rollback, Evaluation evaluation) implements Undecided {}

    /** All gates passed. Until the release has its number, a new evaluation may still say otherwise. */
    record Decided(Request request, @Nullable Rollback rollback, Evaluation evaluation) implements Undecided {
        public Decided {
            Transitions.requireSame(request, rollback, evaluation);
            Transitions.requirePassed(evaluation);
        }

        Verdict.Passed passed() {
            return Transitions.requirePassed(evaluation);
        }

        Decision released(ReleaseId release, Instant at) {
            boolean back = rollback != null;
            return new Decision(
                    new Released(this, release),
                    List.of(new ToLog.Release(
                            release,
                            request.artifact(),
                            evaluation.configurationVersion(),
                            back ? ReleaseMade.Cause.ROLLBACK : ReleaseMade.Cause.PROMOTION,
                            rollback == null ? null : rollback.to().number(),
                            rollback == null ? null : rollback.why(),
                            request.by(),
                            at)),
                    List.of(new Effect.Command(release)));
        }
    }

    record Released(Decided decided, ReleaseId release) implements Open {
        public Released {
            if (!release.slot().equals(decided.request().slot())) {
                throw new IllegalArgumentException(
                        release + " is no release of " + decided.request().slot());
            }
        }

        @Override
        public Request request() {
            return decided.request();
        }

        Decision commanded(List<String> targets) {
            List<String> outstanding = targets.stream().distinct().sorted().toList();
            if (outstanding.isEmpty()) {
                throw new IllegalArgumentException("A release is commanded to at least one target");
            }
            return Decision.of(new Deploying(this, decided.passed(), outstanding));
        }
    }

    /** @param outstanding targets that have not reported yet, {@code agent/target} */
    record Deploying(Released released, Verdict.Passed because, List<String> outstanding) implements Open {
        public Deploying {
            outstanding = List.copyOf(outstanding);
        }

        @Override
        public Request request() {
            return released.request();
        }

        /** The first target that does not succeed ends the promotion; a target that reports twice changes nothing. */
        Decision reported(Deployment deployment) {
            ReleaseId release = released.release();
            if (!deployment.release().equals(release)) {
                throw new IllegalArgumentException(
                        deployment.release() + " was reported where " + release + " deploys");
            }
            String target = deployment.agent() + "/" + deployment.target();
            if (deployment.outcome() != Deployment.Outcome.SUCCEEDED) {
                return Transitions.failed(this, deployment, target);
            }
            return waitingFor(
                    outstanding.stream().filter(t -> !t.equals(target)).toList());
        }

        /**
         * Targets that are gone report nothing any more. Deployed when every one that is left has reported; when the slot
         * has none left, the release waits for one as if it had never been commanded.
         */
        Decision left(Event.Left event) {
            if (event.there().containsAll(outstanding)) {
                return Decision.of(this);
            }
            if (event.there().isEmpty()) {
                return Decision.of(released);
            }
            List<String> rest =
                    outstanding.stream().filter(event.there()::contains).toList();
            return waitingFor(rest.isEmpty() ? event.missing() : rest);
        }

        private Decision waitingFor(List<String> rest) {
            return rest.isEmpty()
                    ? new Decision(
                            new Succeeded(released),
                            List.of(),
                            List.of(new Effect.Tell(request().promotion(), released.release() + " is deployed.")))
                    : Decision.of(new Deploying(released, because, rest));
        }
    }

    /** Deployed on every target. Whether it runs is for observations to say. */
    record Succeeded(Released released) implements Promotion {
        @Override
        public Request request() {
            return released.request();
        }
    }

    record Failed(Released released, String target, String detail) implements Promotion {
        @Override
        public Request request() {
            return released.request();
        }
    }

    /** The release before serves again. */
    record Returned(Released released, String target, String detail) implements Promotion {
        @Override
        public Request request() {
            return released.request();
        }
    }

    record Refused(Request request, Evaluation evaluation) implements Promotion {}

    record Withdrawn(Request request, ActorName by, String reason, Instant at) implements Promotion {}

    /** @param by a promotion, or the release that an agent brought back alone */
    record Superseded(Request request, String by, Instant at) implements Promotion {
        public String sentence() {
            return "Superseded by " + (by.contains("#") ? by : "promotion " + by) + ".";
        }
    }

    /** What the records above have in common. */
    final class Transitions {
        private Transitions() {}

        static void requireSame(Request request, @Nullable Rollback rollback, Evaluation evaluation) {
            @Nullable ReleaseId to = rollback == null ? null : rollback.to();
            boolean same = evaluation.slot().equals(request.slot())
                    && evaluation.artifact().equals(request.artifact())
                    && Objects.equals(to, evaluation.bringsBack().orElse(null));
            if (!same) {
                throw new IllegalArgumentException("An evaluation of " + evaluation.artifact() + " for "
                        + evaluation.slot() + " says nothing about promotion " + request.promotion());
            }
        }

        static Verdict.Passed requirePassed(Evaluation evaluation) {
            if (evaluation.verdict() instanceof Verdict.Passed passed) {
                return passed;
            }
            throw new IllegalArgumentException(
                    "Not passed: " + evaluation.verdict().sentence());
        }

        static Decision judged(Undecided state, Evaluation evaluation) {
            Request request = state.request();
            String id = request.promotion();
            return switch (evaluation.verdict()) {
                case Verdict.Passed p ->
                    new Decision(
                            new Decided(request, state.rollback(), evaluation),
                            List.of(new ToLog.Summary(request, evaluation, VerificationSummary.Result.PASSED)),
                            List.of(new Effect.MakeRelease(id)));
                case Verdict.Waiting w ->
                    new Decision(
                            new AwaitingDecision(request, state.rollback(), evaluation),
                            List.of(),
                            waiting(state, evaluation, w.until()));
                case Verdict.Refused r ->
                    new Decision(
                            new Refused(request, evaluation),
                            List.of(new ToLog.Summary(request, evaluation, VerificationSummary.Result.FAILED)),
                            List.of(new Effect.Tell(id, r.why())));
            };
        }

        /** People are asked once for the same thing, and again when what their approval would cover has changed. */
        private static List<Effect> waiting(Undecided state, Evaluation evaluation, @Nullable Instant until) {
            Request request = state.request();
            boolean asked = state instanceof AwaitingDecision before
                    && before.evaluation().covers().equals(evaluation.covers());
            boolean people = evaluation.lines().stream()
                    .anyMatch(l -> l.gate() instanceof Gate.Approvals && l.verdict() instanceof Verdict.Waiting);
            List<Effect> effects = new ArrayList<>();
            if (people && !asked) {
                effects.add(new Effect.AskApprovers(request, evaluation));
            }
            if (until != null) {
                effects.add(new Effect.LookAgain(request.promotion(), until));
            }
            return effects;
        }

        static Decision failed(Deploying state, Deployment deployment, String target) {
            ReleaseId release = state.released().release();
            String detail = deployment.detail();
            Promotion next = deployment.outcome() == Deployment.Outcome.RETURNED
                    ? new Returned(state.released(), target, detail)
                    : new Failed(state.released(), target, detail);
            String reason = release + " did not succeed on " + target + ": " + detail;
            return new Decision(
                    next,
                    List.of(new ToLog.Hold(release.slot(), release, reason, deployment.finishedAt())),
                    List.of(new Effect.Tell(state.request().promotion(), reason)));
        }
    }
}
