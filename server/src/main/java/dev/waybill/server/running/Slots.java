package dev.waybill.server.running;

import dev.waybill.api.insight.RunningView;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.CommitId;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.Slot;
import dev.waybill.core.name.Version;
import dev.waybill.core.predicate.ClaimedDeployment;
import dev.waybill.core.predicate.Deployment;
import dev.waybill.core.predicate.Observation;
import dev.waybill.core.promotion.Promotion;
import dev.waybill.core.statement.PredicateTypes;
import dev.waybill.server.db.Tx;
import dev.waybill.server.history.Facts;
import dev.waybill.server.ledger.Ledger;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which slots there are, and each with its three things. A fixed number of queries for any number of slots. */
public final class Slots {
    private final Ledger ledger;
    private final Facts facts;
    private final SlotStore store = new SqlSlotStore();
    private final Duration silence;

    /** @param silence how long an agent may say nothing before what it saw is unknown */
    public Slots(Ledger ledger, Duration silence) {
        this.ledger = ledger;
        this.facts = new Facts(ledger);
        this.silence = silence;
    }

    /** What people call an artifact. */
    public record Named(CommitId commit, List<Version> versions) {}

    /** Every application that has an artifact or a pipeline, by name. */
    public List<ApplicationName> applications(Tx tx) {
        return store.applications(tx);
    }

    /** The names of these artifacts; one that is not registered here has none. */
    public Map<Digest, Named> named(Tx tx, Collection<Digest> artifacts) {
        return store.named(tx, artifacts);
    }

    /** Promotions that wait for somebody, oldest first. */
    public List<Promotion> waiting(Tx tx, Collection<Slot> slots) {
        return store.waiting(tx, slots);
    }

    /** Every deployment to the slot's targets, in ledger order. */
    public List<Deployment> deployments(Tx tx, Slot slot) {
        return store.deployments(tx, slot);
    }

    /** Every hold and veto in force. */
    public Standing standing(Tx tx) {
        return Standing.read(tx, ledger, facts);
    }

    /** The slots of these applications: those of the pipeline in its order, then others that have a history. */
    public Map<ApplicationName, List<Slot>> of(Tx tx, Collection<ApplicationName> applications) {
        Map<ApplicationName, Set<Slot>> found = new TreeMap<>();
        applications.forEach(a -> found.put(a, new LinkedHashSet<>()));
        store.pipelines(tx, applications).forEach((application, pipeline) -> {
            Set<Slot> slots = found.get(application);
            if (slots != null) {
                slots.addAll(pipeline.slots(application));
            }
        });
        for (Slot slot : store.slots(tx, applications)) {
            Set<Slot> slots = found.get(slot.application());
            if (slots != null) {
                slots.add(slot);
            }
        }
        Map<ApplicationName, List<Slot>> all = new LinkedHashMap<>();
        found.forEach((application, slots) -> all.put(application, List.copyOf(slots)));
        return all;
    }

    /** In the order of {@code slots}. */
    public List<RunningView> views(Tx tx, List<Slot> slots, Instant now) {
        Map<Slot, SlotStore.Newest> newest = store.newest(tx, slots);
        List<SlotStore.Target> targets = store.targets(tx, slots);
        Set<Digest> artifacts = new HashSet<>();
        newest.values().forEach(n -> {
            artifacts.add(n.approved().says().artifact());
            SlotStore.Made commanded = n.commanded();
            if (commanded != null) {
                artifacts.add(commanded.says().artifact());
            }
        });
        targets.forEach(t -> {
            Stream.of(Optional.ofNullable(t.observation()), Optional.ofNullable(t.unlogged()))
                    .flatMap(Optional::stream)
                    .map(Observation::artifact)
                    .filter(Objects::nonNull)
                    .forEach(artifacts::add);
        });
        Running running = new Running(now, silence, store.named(tx, artifacts), standing(tx));
        Map<Slot, Running.Claim> claims = claims(tx);
        Map<Slot, List<SlotStore.Target>> bySlot =
                targets.stream().collect(Collectors.groupingBy(SlotStore.Target::slot));
        return slots.stream()
                .map(slot -> running.view(new Running.Known(
                        slot, newest.get(slot), bySlot.getOrDefault(slot, List.of()), claims.get(slot))))
                .toList();
    }

    /** The latest claim of each slot; claims are few and have no rows. One that its key may not make is none. */
    private Map<Slot, Running.Claim> claims(Tx tx) {
        Map<Slot, Running.Claim> claims = new HashMap<>();
        Facts.Reading reading = facts.reading(tx);
        ledger.each(tx, PredicateTypes.CLAIMED_DEPLOYMENT, entry -> {
            if (reading.counts(entry)) {
                ClaimedDeployment says =
                        entry.statement().predicate(ClaimedDeployment.class, PredicateTypes.CLAIMED_DEPLOYMENT);
                entry.statement()
                        .subject()
                        .getFirst()
                        .sha256()
                        .ifPresent(artifact -> claims.put(says.slot(), new Running.Claim(artifact, says)));
            }
        });
        return claims;
    }
}
