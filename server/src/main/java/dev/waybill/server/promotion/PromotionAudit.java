package dev.waybill.server.promotion;

import dev.waybill.core.name.Digest;
import dev.waybill.core.name.ReleaseId;
import dev.waybill.core.policy.Fact;
import dev.waybill.core.predicate.Deployment;
import dev.waybill.core.predicate.VerificationSummary;
import dev.waybill.core.predicate.VerificationSummary.Result;
import dev.waybill.core.promotion.Promotion;
import dev.waybill.core.statement.PredicateTypes;
import dev.waybill.server.db.Tx;
import dev.waybill.server.history.Facts;
import dev.waybill.server.history.MovementStore;
import dev.waybill.server.history.SqlMovementStore;
import dev.waybill.server.ledger.Entry;
import dev.waybill.server.ledger.Finding;
import dev.waybill.server.ledger.Ledger;
import dev.waybill.server.ledger.RowAudit;
import dev.waybill.server.ledger.StatementRows;
import dev.waybill.server.promotion.PromotionStore.Row;
import dev.waybill.server.release.Releases;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Compares each promotion's state with the decision and the deployments in the ledger. A state before the decision is a
 * request, not a fact: only its columns are compared with it.
 */
public final class PromotionAudit implements RowAudit {
    private static final int PAGE = 500;

    private final PromotionStore store = new SqlPromotionStore();
    private final Releases releases = new Releases();
    private final MovementStore movements = new SqlMovementStore();

    @Override
    public String room() {
        return "promotion";
    }

    @Override
    public List<Finding> check(Tx tx, Ledger ledger) {
        StatementRows rows = new StatementRows(tx, ledger, room(), "promotion");
        store.strays(tx)
                .forEach(id -> rows.add(id, null, "ROW_DIFFERS", "Its columns say something else than its state."));
        Map<ReleaseId, Set<Deployment.Outcome>> deployed = deployments(tx, ledger);
        Set<String> known = new HashSet<>();
        for (Row row : store.list(tx, PromotionStore.Choice.of(null, false, Integer.MAX_VALUE))) {
            known.add(row.id());
            checkDecision(ledger, row, rows);
            checkEnd(row, deployed, rows);
            if (row.promotion() instanceof Promotion.Deploying deploying) {
                goesOn(tx, ledger, deploying).ifPresent(what -> rows.add(row.id(), null, "ROW_DIFFERS", what));
            }
        }
        rows.allOf(PredicateTypes.VERIFICATION_SUMMARY, entry -> {
            String promotion = summary(entry).promotion();
            return promotion != null && !known.contains(promotion);
        });
        return rows.findings();
    }

    private static void checkDecision(Ledger ledger, Row row, StatementRows rows) {
        Result expected = decided(row.promotion());
        Digest summary = row.summary();
        if (summary == null) {
            if (expected != null) {
                rows.add(
                        row.id(),
                        null,
                        "STATEMENT_MISSING",
                        "It is " + row.promotion().state() + ", undecided.");
            }
            return;
        }
        String origin = ledger.keys().origin();
        rows.row(row.id(), summary, entry -> {
            VerificationSummary says = summary(entry);
            return entry.statement().isAbout(row.promotion().request().artifact())
                    && row.id().equals(says.promotion())
                    && VerificationSummary.resourceUri(origin, row.slot()).equals(says.resourceUri())
                    && (expected == null || expected == says.verificationResult());
        });
    }

    /** What the state says was decided; null when it says nothing of a decision. */
    private static @Nullable Result decided(Promotion promotion) {
        return switch (promotion) {
            case Promotion.Refused p -> Result.FAILED;
            case Promotion.Decided p -> Result.PASSED;
            case Promotion.Released p -> Result.PASSED;
            case Promotion.Deploying p -> Result.PASSED;
            case Promotion.Succeeded p -> Result.PASSED;
            case Promotion.Failed p -> Result.PASSED;
            case Promotion.Returned p -> Result.PASSED;
            case Promotion.Requested p -> null;
            case Promotion.AwaitingDecision p -> null;
            case Promotion.Withdrawn p -> null;
            case Promotion.Superseded p -> null;
        };
    }

    private static void checkEnd(Row row, Map<ReleaseId, Set<Deployment.Outcome>> deployed, StatementRows rows) {
        switch (row.promotion()) {
            case Promotion.Succeeded p ->
                reported(row, p.released().release(), EnumSet.of(Deployment.Outcome.SUCCEEDED), deployed, rows);
            case Promotion.Returned p ->
                reported(row, p.released().release(), EnumSet.of(Deployment.Outcome.RETURNED), deployed, rows);
            case Promotion.Failed p ->
                reported(
                        row,
                        p.released().release(),
                        EnumSet.of(Deployment.Outcome.FAILED, Deployment.Outcome.DOWN),
                        deployed,
                        rows);
            default -> {
                // No agent has had the last word on it.
            }
        }
    }

    /** Whether agents have said more of a promotion that deploys than its row knows, as far as reports were followed. */
    private Optional<String> goesOn(Tx tx, Ledger ledger, Promotion.Deploying deploying) {
        ReleaseId id = deploying.released().release();
        long made = releases.find(tx, id)
                .flatMap(r -> ledger.find(tx, r.statement()))
                .map(Entry::index)
                .orElse(Long.MAX_VALUE);
        long followed = movements.next(tx);
        Facts.Reading reading = new Facts(ledger).reading(tx);
        List<Deployment> said =
                reading.about(deploying.request().artifact(), PredicateTypes.DEPLOYMENT, Deployment.class).stream()
                        .filter(d -> d.says().release().equals(id) && !d.says().offline())
                        .filter(d -> d.index() > made && d.index() < followed)
                        .filter(d -> reading.isOfNow(d.says().agent(), d.index()))
                        .map(Fact::says)
                        .toList();
        if (said.stream().anyMatch(d -> d.outcome() != Deployment.Outcome.SUCCEEDED)) {
            return Optional.of("It is deploying, and an agent said that " + id + " did not succeed.");
        }
        return said.stream()
                .map(Brought::target)
                .filter(deploying.outstanding()::contains)
                .findFirst()
                .map(target -> "It waits for " + target + ", which had " + id + ".");
    }

    private static void reported(
            Row row,
            ReleaseId release,
            Set<Deployment.Outcome> outcomes,
            Map<ReleaseId, Set<Deployment.Outcome>> deployed,
            StatementRows rows) {
        Set<Deployment.Outcome> said = deployed.getOrDefault(release, Set.of());
        if (said.stream().noneMatch(outcomes::contains)) {
            rows.add(
                    row.id(),
                    null,
                    "STATEMENT_MISSING",
                    "It is " + row.promotion().state() + ", and no agent said so of " + release + ".");
        }
    }

    private static Map<ReleaseId, Set<Deployment.Outcome>> deployments(Tx tx, Ledger ledger) {
        Map<ReleaseId, Set<Deployment.Outcome>> outcomes = new HashMap<>();
        long seen = -1;
        List<Entry> page;
        do {
            page = ledger.ofType(tx, PredicateTypes.DEPLOYMENT, seen, PAGE);
            for (Entry entry : page) {
                seen = entry.index();
                Deployment says = entry.statement().predicate(Deployment.class, PredicateTypes.DEPLOYMENT);
                outcomes.computeIfAbsent(says.release(), r -> EnumSet.noneOf(Deployment.Outcome.class))
                        .add(says.outcome());
            }
        } while (page.size() == PAGE);
        return outcomes;
    }

    private static VerificationSummary summary(Entry entry) {
        return Objects.requireNonNull(
                entry.statement().predicate(VerificationSummary.class, PredicateTypes.VERIFICATION_SUMMARY));
    }
}
