package dev.waybill.core.promotion;

import dev.waybill.core.name.ActorName;
import dev.waybill.core.name.ReleaseId;
import dev.waybill.core.policy.Evaluation;
import dev.waybill.core.predicate.Deployment;
import java.time.Instant;
import java.util.List;

/** What happens to a promotion. */
public sealed interface Event {
    /** The gates were evaluated. Legal again and again until there is a release: a veto may come at any moment. */
    record Judged(Evaluation evaluation) implements Event {}

    /** The server put the release into the slot's chain under this number. */
    record Numbered(ReleaseId release, Instant at) implements Event {}

    /** Agents are told to bring the release to these targets ({@code agent/target}). */
    record Commanded(List<String> targets, Instant at) implements Event {
        public Commanded {
            targets = List.copyOf(targets);
        }
    }

    /** An agent reported how the release ended on one target. */
    record Reported(Deployment deployment) implements Event {}

    /**
     * Targets left the slot.
     *
     * @param there those that it has now ({@code agent/target})
     * @param missing those of them that have not reported success
     */
    record Left(List<String> there, List<String> missing) implements Event {
        public Left {
            there = List.copyOf(there);
            missing = List.copyOf(missing);
        }
    }

    /** Whoever asked, or somebody with the right, takes the request back. */
    record Withdraw(ActorName by, String reason, Instant at) implements Event {}

    /** A later promotion into the same slot takes this one's place, or a release that an agent brought back alone. */
    record Supersede(String promotion, Instant at) implements Event {}
}
