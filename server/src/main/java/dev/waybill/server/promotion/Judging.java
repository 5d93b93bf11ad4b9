package dev.waybill.server.promotion;

import dev.waybill.core.name.Digest;
import dev.waybill.core.name.Slot;
import dev.waybill.core.policy.Evaluation;
import dev.waybill.core.policy.Fact;
import dev.waybill.core.policy.History;
import dev.waybill.core.policy.Request;
import dev.waybill.core.policy.Verdict;
import dev.waybill.core.predicate.Deployment;
import dev.waybill.core.predicate.Mark;
import dev.waybill.core.problem.Problem;
import dev.waybill.core.promotion.Promotion;
import dev.waybill.core.promotion.Rollback;
import dev.waybill.server.configuration.Configurations;
import dev.waybill.server.configuration.Pipelines;
import dev.waybill.server.db.Tx;
import dev.waybill.server.history.Histories;
import dev.waybill.server.history.Targets;
import dev.waybill.server.promotion.PromotionStore.Row;
import dev.waybill.server.release.Release;
import dev.waybill.server.release.Releases;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Evaluates the gates of a waiting promotion from what the ledger says in one transaction. */
final class Judging {
    static final int CONTRACTS = 10_000;

    private final Cargo cargo;
    private final Pipelines pipelines;
    private final Configurations configurations;
    private final Releases releases;
    private final Histories histories;
    private final Targets targets;

    /** Contracts by digest: bytes never change. What was not asked for longest goes first. */
    private final Map<String, List<String>> contracts =
            Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, List<String>> eldest) {
                    return size() > CONTRACTS;
                }
            });

    Judging(Cargo cargo, Pipelines pipelines, Configurations configurations, Releases releases, Movers movers) {
        this.cargo = cargo;
        this.pipelines = pipelines;
        this.configurations = configurations;
        this.releases = releases;
        this.histories = movers.histories();
        this.targets = movers.targets();
    }

    /** What is known of movements, together. */
    record Movers(Histories histories, Targets targets) {}

    /**
     * A promotion as judged.
     *
     * @param head the slot's newest release, which the next one names
     * @param configuration what the release would run with
     * @param targets agents' targets of the slot now
     */
    record Case(
            Row row,
            Pipelines.Applied pipeline,
            Evaluation evaluation,
            Optional<Release> head,
            Optional<Configurations.Current> configuration,
            List<String> targets) {
        /** True if the same gates rest on the same statements, however the sentences read. */
        boolean decidesAs(Case other) {
            return row.sequence() == other.row.sequence()
                    && pipeline.statement().equals(other.pipeline.statement())
                    && head.equals(other.head)
                    && configuration.equals(other.configuration)
                    && same(evaluation, other.evaluation);
        }

        /** True if it waits for the same as before, so that there is nothing to write and nobody to wake. */
        boolean isAsBefore(Promotion before) {
            return before instanceof Promotion.AwaitingDecision waiting
                    && evaluation.verdict() instanceof Verdict.Waiting now
                    && now.equals(waiting.evaluation().verdict())
                    && same(evaluation, waiting.evaluation());
        }

        private static boolean same(Evaluation a, Evaluation b) {
            return a.covers().equals(b.covers())
                    && a.lines().size() == b.lines().size()
                    && IntStream.range(0, a.lines().size())
                            .allMatch(i -> same(a.lines().get(i), b.lines().get(i)));
        }

        private static boolean same(Evaluation.Line a, Evaluation.Line b) {
            return a.gate().equals(b.gate())
                    && a.used().equals(b.used())
                    && a.verdict().getClass() == b.verdict().getClass();
        }
    }

    /** The veto that keeps these bytes out of the slot. */
    Optional<Mark> veto(Tx tx, Slot slot, Digest artifact) {
        return histories.veto(tx, slot, artifact);
    }

    /** Waits a moment while the ledger is read after a start. Never inside a transaction. */
    void awaitLedger() {
        histories.awaitReadAhead();
    }

    /** The keys that the artifact's own bytes declare. Read outside of any transaction. */
    List<String> contract(Request request) {
        String key = request.artifact() + " " + request.slot().application();
        List<String> known = contracts.get(key);
        if (known != null) {
            return known;
        }
        try {
            List<String> read = List.copyOf(cargo.required(request.slot().application(), request.artifact()));
            contracts.put(key, read);
            return read;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read what " + request.artifact() + " declares", e);
        }
    }

    /** Judges from this transaction's ledger; runs again with the same result when nothing changed. */
    Case judge(Tx tx, Row row, List<String> contract, Instant now) {
        Request request = row.promotion().request();
        Slot slot = request.slot();
        Pipelines.Applied pipeline = pipelines.require(tx, slot.application());
        @Nullable Rollback rollback = row.promotion() instanceof Promotion.Undecided u ? u.rollback() : null;
        Optional<Configurations.Current> configuration = configuration(tx, slot, rollback);
        TreeSet<String> required = new TreeSet<>(contract);
        required.addAll(pipeline.contract().required());
        History history =
                histories.read(tx, new Histories.Asked(request, pipeline, configuration, List.copyOf(required)));
        Evaluation evaluation = rollback == null
                ? pipeline.pipeline().policy(slot).evaluate(history, now)
                : rollback.evaluate(history, now);
        List<String> there = targets.of(tx, slot).stream()
                .map(History.Target::toString)
                .sorted(Comparator.naturalOrder())
                .toList();
        return new Case(row, pipeline, evaluation, releases.approved(tx, slot), configuration, there);
    }

    /**
     * Judges a rollback that an agent did alone, from what spoke for it before it was reported: an agent's report is no
     * witness for itself. Vetoes count whenever they came.
     */
    Evaluation judge(Tx tx, Fact<Deployment> report, Release again) {
        Deployment says = report.says();
        Slot slot = again.says().slot();
        String why = says.why();
        Rollback rollback = new Rollback(again.id(), why == null ? "" : why);
        Request request =
                new Request("", slot, again.says().artifact(), WentBack.by(says), List.of(), says.finishedAt());
        History history = histories.read(
                tx,
                new Histories.Asked(
                        request,
                        pipelines.require(tx, slot.application()),
                        configuration(tx, slot, rollback),
                        List.of()));
        return rollback.evaluate(history.before(report.index()), says.finishedAt());
    }

    /** A rollback brings the release's own configuration back. */
    private Optional<Configurations.Current> configuration(Tx tx, Slot slot, @Nullable Rollback rollback) {
        if (rollback == null) {
            return configurations.current(tx, slot);
        }
        long version = releases.require(tx, rollback.to()).says().configurationVersion();
        return version == 0 ? Optional.empty() : Optional.of(configurations.require(tx, slot, version));
    }

    /** {@code PROMOTION_UNKNOWN}. */
    static RuntimeException unknown(String id) {
        return new Problem.NotFound(
                        "PROMOTION_UNKNOWN",
                        "Looking for promotion " + id,
                        "there is none of that id.",
                        "List them: `waybill status`.")
                .exception();
    }
}
