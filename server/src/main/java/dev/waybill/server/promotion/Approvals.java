package dev.waybill.server.promotion;

import dev.waybill.api.promotion.ApprovalRequest;
import dev.waybill.core.name.Digest;
import dev.waybill.core.policy.Evaluation;
import dev.waybill.core.policy.Fact;
import dev.waybill.core.policy.Gate;
import dev.waybill.core.policy.Request;
import dev.waybill.core.predicate.Approval;
import dev.waybill.core.predicate.Person;
import dev.waybill.core.predicate.Registration;
import dev.waybill.core.problem.Problem;
import dev.waybill.core.promotion.Promotion;
import dev.waybill.core.statement.PredicateTypes;
import dev.waybill.core.statement.Signed;
import dev.waybill.server.db.Database;
import dev.waybill.server.db.Tx;
import dev.waybill.server.history.Facts;
import dev.waybill.server.identity.Actor;
import dev.waybill.server.ledger.Ledger;
import dev.waybill.server.promotion.PromotionStore.Row;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** People's decisions on what waits. The gate counts them; here those are refused that could never count. */
final class Approvals {
    private static final int TRIES = 20;

    private final Database database;
    private final Ledger ledger;
    private final Facts facts;
    private final Deciding deciding;
    private final PromotionStore store = new SqlPromotionStore();

    Approvals(Database database, Ledger ledger, Facts facts, Deciding deciding) {
        this.database = database;
        this.ledger = ledger;
        this.facts = facts;
        this.deciding = deciding;
    }

    /**
     * Records the decision and judges the promotion again. It counts for what {@code covers} names and nothing else: {@code
     * APPROVAL_COVERS_MISSING} without it, {@code APPROVAL_STALE} when that is not what waits now.
     */
    Row decide(String id, ApprovalRequest asked, Actor by) {
        for (int attempt = 1; attempt <= TRIES; attempt++) {
            Row row = deciding.decide(id);
            Evaluation evaluation = waiting(row);
            if (!covered(id, asked).equals(evaluation.covers())) {
                throw stale(id);
            }
            database.read(tx -> {
                check(tx, row, evaluation, asked, by);
                return true;
            });
            Signed signed = sign(row, evaluation.covers(), asked, by);
            boolean won = database.write(tx -> {
                boolean same = store.find(tx, id).filter(row::equals).isPresent();
                if (same) {
                    check(tx, row, evaluation, asked, by);
                    ledger.append(tx, signed);
                }
                return same;
            });
            if (won) {
                return deciding.decide(id);
            }
        }
        throw stale(id);
    }

    private Signed sign(Row row, Digest covers, ApprovalRequest asked, Actor by) {
        Request request = row.promotion().request();
        Approval says = new Approval(
                row.id(),
                request.slot(),
                asked.decision(),
                asked.reason(),
                covers,
                by.name(),
                by.emails().stream().sorted().toList(),
                true,
                deciding.now());
        return new Signing(ledger.keys()).approval(says, request.artifact());
    }

    /** Who does not say what they looked at approves whatever is there by now: that binds nobody to anything. */
    private static Digest covered(String id, ApprovalRequest asked) {
        Digest covers = asked.covers();
        if (covers == null) {
            throw new Problem.Malformed(
                            "APPROVAL_COVERS_MISSING",
                            "Deciding on promotion " + id,
                            "the request does not say what was looked at: `covers` is missing.",
                            "Read the promotion and send its `covers`, the hash over artifact, environment, configuration"
                                    + " version and evidence; `waybill approve " + id + "` does so.")
                    .exception();
        }
        return covers;
    }

    private static Evaluation waiting(Row row) {
        if (row.promotion() instanceof Promotion.AwaitingDecision waiting
                && gate(waiting.evaluation()).isPresent()) {
            return waiting.evaluation();
        }
        throw new Problem.Conflict(
                        "PROMOTION_NOT_WAITING",
                        "Deciding on promotion " + row.id(),
                        "it is " + row.promotion().state() + " and asks nobody.",
                        "Look at it again: `waybill status " + row.id() + "`.")
                .exception();
    }

    static Optional<Gate.Approvals> gate(Evaluation evaluation) {
        return evaluation.lines().stream()
                .map(Evaluation.Line::gate)
                .filter(Gate.Approvals.class::isInstance)
                .map(Gate.Approvals.class::cast)
                .findFirst();
    }

    private void check(Tx tx, Row row, Evaluation evaluation, ApprovalRequest asked, Actor by) {
        Request request = row.promotion().request();
        Facts.Reading reading = facts.reading(tx);
        boolean again = reading.about(request.artifact(), PredicateTypes.APPROVAL, Approval.class).stream()
                .map(Fact::says)
                .anyMatch(a -> a.promotion().equals(row.id())
                        && a.by().equals(by.name())
                        && a.decision() == asked.decision()
                        && a.covers().equals(evaluation.covers()));
        if (again) {
            throw new Problem.Conflict(
                            "ALREADY_DECIDED",
                            "Deciding on promotion " + row.id(),
                            by.name() + " has decided already.",
                            "Somebody else decides next.")
                    .exception();
        }
        if (asked.decision() == Approval.Decision.APPROVED) {
            gate(evaluation)
                    .flatMap(g -> whyNot(g, request, writers(reading, request), by))
                    .ifPresent(problem -> {
                        throw problem.exception();
                    });
        }
    }

    /** Why an approval by this person would be refused, whatever it covers; empty if it would not be. */
    Optional<Problem> whyNot(Row row, Actor by) {
        Request request = row.promotion().request();
        return row.promotion() instanceof Promotion.AwaitingDecision waiting
                ? gate(waiting.evaluation())
                        .flatMap(g -> database.read(tx -> whyNot(g, request, writers(facts.reading(tx), request), by)))
                : Optional.empty();
    }

    private static Optional<Problem> whyNot(Gate.Approvals gate, Request request, Set<String> writers, Actor by) {
        boolean asked = by.name().equals(request.by()) || overlap(by.emails(), request.emails());
        if (gate.exclude().contains(Gate.Exclusion.REQUESTER) && asked) {
            return refused(
                    "APPROVER_IS_REQUESTER", request, by.name() + " asked for it.", "Somebody else approves it.");
        }
        if (!gate.exclude().contains(Gate.Exclusion.AUTHOR) || writers.isEmpty()) {
            return Optional.empty();
        }
        if (by.emails().isEmpty()) {
            return refused(
                    "APPROVER_UNKNOWN",
                    request,
                    by.name() + " declares no e-mail address, so nobody can tell whether they wrote the commit.",
                    "An admin makes a token that declares it.");
        }
        return overlap(by.emails(), writers)
                ? refused(
                        "APPROVER_IS_AUTHOR",
                        request,
                        by.name() + " wrote or committed the commit.",
                        "Somebody else approves it.")
                : Optional.empty();
    }

    private static Set<String> writers(Facts.Reading reading, Request request) {
        return reading.about(request.artifact(), PredicateTypes.REGISTRATION, Registration.class).stream()
                .map(Fact::says)
                .flatMap(r -> Stream.of(Optional.ofNullable(r.author()), Optional.ofNullable(r.committer())))
                .flatMap(Optional::stream)
                .map(Person::email)
                .map(e -> e.strip().toLowerCase(java.util.Locale.ROOT))
                .filter(e -> !e.isEmpty())
                .collect(Collectors.toSet());
    }

    private static boolean overlap(Collection<String> a, Collection<String> b) {
        return a.stream().filter(Objects::nonNull).anyMatch(b::contains);
    }

    private static Optional<Problem> refused(String code, Request request, String missing, String next) {
        return Optional.of(new Problem.Refused(code, "Approving promotion " + request.promotion(), missing, next));
    }

    private static RuntimeException stale(String id) {
        return new Problem.Conflict(
                        "APPROVAL_STALE",
                        "Deciding on promotion " + id,
                        "configuration or evidence changed since it was looked at.",
                        "Look at it again with `waybill status " + id + "`, then decide.")
                .exception();
    }

    /** All decisions on a promotion, oldest first. */
    List<Fact<Approval>> on(Tx tx, Row row) {
        return facts
                .reading(tx)
                .about(row.promotion().request().artifact(), PredicateTypes.APPROVAL, Approval.class)
                .stream()
                .filter(a -> a.says().promotion().equals(row.id()))
                .toList();
    }
}
