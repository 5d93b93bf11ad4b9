package dev.waybill.server.running;

import dev.waybill.core.name.AgentName;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.ReleaseId;
import dev.waybill.core.name.Slot;
import dev.waybill.core.pipeline.Pipeline;
import dev.waybill.core.predicate.Deployment;
import dev.waybill.core.predicate.Observation;
import dev.waybill.core.predicate.ReleaseMade;
import dev.waybill.core.promotion.Promotion;
import dev.waybill.server.db.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the rooms below for many slots at once: one query each, however many slots a page shows. */
interface SlotStore {
    /** Every application that has an artifact or a pipeline, by name. */
    List<ApplicationName> applications(Tx tx);

    /** The pipelines in force. */
    Map<ApplicationName, Pipeline> pipelines(Tx tx, Collection<ApplicationName> applications);

    /** Slots of these applications that ever had a release or a target. */
    List<Slot> slots(Tx tx, Collection<ApplicationName> applications);

    /** What is approved and what is commanded. */
    Map<Slot, Newest> newest(Tx tx, Collection<Slot> slots);

    List<Target> targets(Tx tx, Collection<Slot> slots);

    Map<Digest, Slots.Named> named(Tx tx, Collection<Digest> artifacts);

    /** Promotions that wait for somebody, oldest first. */
    List<Promotion> waiting(Tx tx, Collection<Slot> slots);

    /** Every deployment to the slot's targets, in ledger order. */
    List<Deployment> deployments(Tx tx, Slot slot);

    /** A release as its row has it. */
    record Made(Digest statement, ReleaseMade says, String outcome) {
        ReleaseId id() {
            return new ReleaseId(says.slot(), says.number());
        }
    }

    /** @param commanded null until an agent has been told of a release */
    record Newest(Made approved, @Nullable Made commanded) {}

    /**
     * @param heardAt the latest heartbeat
     * @param observedAt when the observation was logged
     * @param deployed the latest deployment, however it ended
     * @param every how often the agent says that it sends heartbeats; zero when it does not say
     * @param unlogged what the latest heartbeat says when that is something else than the observation
     */
    record Target(
            AgentName agent,
            String target,
            Slot slot,
            @Nullable Instant heardAt,
            @Nullable Observation observation,
            @Nullable Digest statement,
            @Nullable Instant observedAt,
            @Nullable Deployment deployed,
            Duration every,
            @Nullable Observation unlogged) {}
}
