package dev.waybill.server.history;

import dev.waybill.core.name.Digest;
import dev.waybill.core.name.Slot;
import dev.waybill.core.policy.Fact;
import dev.waybill.core.policy.Gate;
import dev.waybill.core.policy.History;
import dev.waybill.core.policy.InForce;
import dev.waybill.core.policy.Request;
import dev.waybill.core.predicate.Approval;
import dev.waybill.core.predicate.ConfigurationSet;
import dev.waybill.core.predicate.Deployment;
import dev.waybill.core.predicate.DocumentReference;
import dev.waybill.core.predicate.Mark;
import dev.waybill.core.predicate.Observation;
import dev.waybill.core.predicate.Registration;
import dev.waybill.core.predicate.ReleaseMade;
import dev.waybill.core.predicate.TestResult;
import dev.waybill.core.statement.PredicateTypes;
import dev.waybill.server.configuration.Configurations;
import dev.waybill.server.configuration.Pipelines;
import dev.waybill.server.db.Database;
import dev.waybill.server.db.Tx;
import dev.waybill.server.ledger.Entry;
import dev.waybill.server.ledger.Ledger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads what gates decide from. All of it comes from the ledger inside one transaction, so that it is complete up to the
 * ledger's size there; rows only say where to look, and places that no row knows yet are read from the ledger's end.
 */
public final class Histories {
    /** Subject by which the server names the deployment that made it hold a slot; a person's hold has none. */
    public static final String BECAUSE_OF = "deployment";

    private static final int PAGE = 500;
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final List<String> EVIDENCE = List.of(
            PredicateTypes.PROVENANCE,
            PredicateTypes.CYCLONEDX,
            PredicateTypes.SPDX,
            PredicateTypes.VULNERABILITIES,
            PredicateTypes.REFERENCE);

    private final Ledger ledger;
    private final Facts facts;
    private final Targets targets;
    private final MovementStore movements = new SqlMovementStore();

    public Histories(Ledger ledger, Facts facts, Targets targets) {
        this.ledger = ledger;
        this.facts = facts;
        this.targets = targets;
    }

    /**
     * What is asked, and what stands beside the ledger.
     *
     * @param configuration the version that the slot would run with
     * @param required keys that artifact and pipeline declare
     */
    public record Asked(
            Request request,
            Pipelines.Applied pipeline,
            Optional<Configurations.Current> configuration,
            List<String> required) {}

    public History read(Tx tx, Asked asked) {
        Facts.Reading reading = facts.reading(tx);
        Digest artifact = asked.request().artifact();
        History history = new History(
                asked.request(),
                reading.size(),
                reading.about(artifact, PredicateTypes.REGISTRATION, Registration.class),
                reading.about(artifact, PredicateTypes.TEST_RESULT, TestResult.class),
                evidence(reading, asked),
                reading.about(artifact, PredicateTypes.APPROVAL, Approval.class),
                movements(tx, reading, asked),
                marks(reading, asked.request()),
                new History.Configuration(
                        asked.configuration()
                                .flatMap(c -> reading.find(
                                        c.statement(), PredicateTypes.CONFIGURATION, ConfigurationSet.class))
                                .orElse(null),
                        asked.required()));
        reading.requireFailures(artifact);
        return history;
    }

    /** Reads ahead, in short transactions, what a gate would read; {@code LEDGER_DAMAGED} once for each size of the ledger. */
    public void readAhead(Database database) {
        facts.negative().readAhead(database);
    }

    /** Waits a moment for the first reading ahead since the start. Never inside a transaction. */
    public void awaitReadAhead() {
        facts.negative().awaitFirst(PATIENCE);
    }

    private static List<History.Evidence> evidence(Facts.Reading reading, Asked asked) {
        Set<String> types = new LinkedHashSet<>(EVIDENCE);
        asked.pipeline().pipeline().stage(asked.request().slot().environment()).stream()
                .flatMap(stage -> stage.gates().stream())
                .filter(Gate.Evidence.class::isInstance)
                .map(gate -> ((Gate.Evidence) gate).type())
                .filter(type -> type.startsWith("https://"))
                .forEach(types::add);
        return types.stream()
                .flatMap(type -> reading.entries(asked.request().artifact(), type).stream()
                        .map(e -> new History.Evidence(e.id(), e.index(), kind(e, type))))
                .toList();
    }

    /** What a document is that the server refers to. Provenance is only what a builder signed, no document about it. */
    private static String kind(Entry entry, String type) {
        if (!type.equals(PredicateTypes.REFERENCE)) {
            return type;
        }
        String about = entry.statement()
                .predicate(DocumentReference.class, PredicateTypes.REFERENCE)
                .about();
        return about.equals(PredicateTypes.PROVENANCE) ? type : about;
    }

    private static List<History.HeldMark> marks(Facts.Reading reading, Request request) {
        return reading
                .everyMark(mark -> request.artifact().equals(mark.artifact())
                        || (mark.artifact() == null && request.slot().equals(mark.slot())))
                .stream()
                .map(Histories::held)
                .toList();
    }

    /** True while a veto of the artifact stands, everywhere or for this slot. */
    public boolean isVetoed(Tx tx, Slot slot, Digest artifact) {
        return veto(tx, slot, artifact).isPresent();
    }

    /** The oldest veto of the artifact that stands, everywhere or for this slot. */
    public Optional<Mark> veto(Tx tx, Slot slot, Digest artifact) {
        List<Mark> said = facts.reading(tx).marks(mark -> mark.vetoes(slot, artifact)).stream()
                .map(entry -> entry.statement().predicate(Mark.class, PredicateTypes.MARK))
                .toList();
        return new InForce<Mark>(mark -> mark).hearAll(said).all().stream().findFirst();
    }

    public static History.HeldMark held(Entry entry) {
        boolean afterFailure = entry.statement().subject().stream().anyMatch(s -> BECAUSE_OF.equals(s.name()));
        return new History.HeldMark(Facts.fact(entry, PredicateTypes.MARK, Mark.class), afterFailure);
    }

    /** From the first release of these bytes on: what moved before says nothing about them. */
    private History.Movements movements(Tx tx, Facts.Reading reading, Asked asked) {
        Request request = asked.request();
        List<Fact<ReleaseMade>> releases =
                reading.about(request.artifact(), PredicateTypes.RELEASE, ReleaseMade.class).stream()
                        .filter(r -> r.says()
                                .slot()
                                .application()
                                .equals(request.slot().application()))
                        .toList();
        List<Slot> slots = asked.pipeline().pipeline().slots(request.slot().application());
        List<History.Target> all = slots.stream()
                .flatMap(slot -> targets.of(tx, slot, reading.keys()).stream())
                .toList();
        if (releases.isEmpty()) {
            return new History.Movements(List.of(), List.of(), List.of(), all);
        }
        List<Fact<Deployment>> deployments = new ArrayList<>();
        List<Fact<Observation>> observations = new ArrayList<>();
        long from = releases.getFirst().index();
        moved(tx, slots, from).stream().filter(reading::counts).forEach(e -> {
            if (e.statement().predicateType().equals(PredicateTypes.DEPLOYMENT)) {
                deployments.add(Facts.fact(e, PredicateTypes.DEPLOYMENT, Deployment.class));
            } else {
                observations.add(Facts.fact(e, PredicateTypes.OBSERVATION, Observation.class));
            }
        });
        return new History.Movements(releases, deployments, observations, all);
    }

    private List<Entry> moved(Tx tx, List<Slot> slots, long from) {
        List<Entry> entries = new ArrayList<>();
        for (Slot slot : slots) {
            for (long place : movements.places(tx, slot, from)) {
                ledger.after(tx, place - 1, 1).forEach(entries::add);
            }
        }
        long seen = Math.max(movements.next(tx), from) - 1;
        List<Entry> page;
        do {
            page = ledger.after(tx, seen, PAGE);
            for (Entry entry : page) {
                slotMoved(entry).filter(slots::contains).ifPresent(slot -> entries.add(entry));
                seen = entry.index();
            }
        } while (page.size() == PAGE);
        return entries;
    }

    /** The slot that a deployment or observation is about; empty for any other statement. */
    public static Optional<Slot> slotMoved(Entry entry) {
        String type = entry.statement().predicateType();
        if (type.equals(PredicateTypes.DEPLOYMENT)) {
            Deployment says = Facts.fact(entry, type, Deployment.class).says();
            return Optional.of(says.release().slot());
        }
        if (type.equals(PredicateTypes.OBSERVATION)) {
            return Optional.of(Facts.fact(entry, type, Observation.class).says().slot());
        }
        return Optional.empty();
    }
}
