package dev.waybill.server.history;

import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.Digest;
import dev.waybill.core.policy.Fact;
import dev.waybill.core.policy.InForce;
import dev.waybill.core.predicate.Mark;
import dev.waybill.core.statement.PredicateTypes;
import dev.waybill.server.db.Tx;
import dev.waybill.server.ledger.Ledger;
import dev.waybill.server.registry.Hooks;
import dev.waybill.server.release.Release;
import dev.waybill.server.release.Releases;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What whoever pulls an artifact should know of it: that it is vetoed, or that nothing runs it any more where it once ran. */
public final class PullWarnings implements Hooks.Warnings {
    private final Ledger ledger;
    private final Facts facts;
    private final Releases releases = new Releases();

    public PullWarnings(Ledger ledger) {
        this.ledger = ledger;
        this.facts = new Facts(ledger);
    }

    @Override
    public List<String> about(Tx tx, ApplicationName application, Digest digest) {
        List<String> warnings = new ArrayList<>();
        for (Mark veto : vetoes(tx, application, digest)) {
            warnings.add(
                    "vetoed " + (veto.slot() == null ? "everywhere" : "for " + veto.slot()) + ": " + veto.reason());
        }
        superseded(tx, application, digest).ifPresent(warnings::add);
        return warnings;
    }

    private List<Mark> vetoes(Tx tx, ApplicationName application, Digest digest) {
        if (ledger.about(tx, digest, PredicateTypes.MARK).isEmpty()) {
            return List.of();
        }
        List<Mark> said = facts.reading(tx).about(digest, PredicateTypes.MARK, Mark.class).stream()
                .map(Fact::says)
                .filter(m -> m.kind() == Mark.Kind.VETO && m.application().equals(application))
                .toList();
        return new InForce<Mark>(mark -> mark).hearAll(said).all();
    }

    /**
     * Only what runs nowhere any more: an older release in production is no news to whoever pulls it there, and what a failed or
     * unfinished deployment was to replace goes on running.
     */
    private Optional<String> superseded(Tx tx, ApplicationName application, Digest digest) {
        List<List<Release>> now = releases.slotsOf(tx, digest).stream()
                .filter(slot -> slot.application().equals(application))
                .map(slot -> releases.mayRun(tx, slot))
                .filter(running -> !running.isEmpty())
                .toList();
        boolean runs = now.stream()
                .flatMap(List::stream)
                .anyMatch(r -> r.says().artifact().equals(digest));
        return now.isEmpty() || runs
                ? Optional.empty()
                : Optional.of(now.getLast().getLast())
                        .map(r -> "superseded: " + r.id() + " is " + r.says().artifact());
    }
}
