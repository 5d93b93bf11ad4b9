package dev.waybill.server.promotion;

import dev.waybill.core.name.Digest;
import dev.waybill.core.policy.Fact;
import dev.waybill.core.predicate.Deployment;
import dev.waybill.core.predicate.ReleaseMade;
import dev.waybill.core.statement.PredicateTypes;
import dev.waybill.server.db.Tx;
import dev.waybill.server.history.Facts;
import dev.waybill.server.ledger.Entry;
import dev.waybill.server.ledger.Ledger;
import dev.waybill.server.release.Release;
import java.util.List;
import java.util.stream.Stream;

/** Which targets had a release, as their agents signed it. */
final class Brought {
    private final Ledger ledger;
    private final Facts facts;

    Brought(Ledger ledger, Facts facts) {
        this.ledger = ledger;
        this.facts = facts;
    }

    /** True when the key of this report may say it. */
    boolean counts(Tx tx, Entry report) {
        return facts.reading(tx).counts(report);
    }

    /** True when every one of these targets, {@code agent/target}, succeeded with the release. */
    boolean everywhere(Tx tx, Release release, List<String> targets) {
        return missing(tx, release, targets).isEmpty();
    }

    /** Those of these targets that did not succeed with the release. */
    List<String> missing(Tx tx, Release release, List<String> targets) {
        Facts.Reading reading = facts.reading(tx);
        List<String> had = of(tx, release)
                .filter(d -> d.says().outcome() == Deployment.Outcome.SUCCEEDED)
                .filter(d -> reading.isOfNow(d.says().agent(), d.index()))
                .map(d -> target(d.says()))
                .toList();
        return targets.stream().filter(t -> !had.contains(t)).toList();
    }

    /** True when the target of this report had dealt with the release before, however that ended. */
    boolean before(Tx tx, Fact<Deployment> report, Release release) {
        return of(tx, release)
                .anyMatch(d -> d.index() < report.index() && target(d.says()).equals(target(report.says())));
    }

    static String target(Deployment says) {
        return says.agent() + "/" + says.target();
    }

    private Stream<Fact<Deployment>> of(Tx tx, Release release) {
        Digest previous = release.says().previous();
        long since = previous == null
                ? -1
                : ledger.find(tx, previous).map(Entry::index).orElse(Long.MAX_VALUE);
        return facts.reading(tx).about(release.says().artifact(), PredicateTypes.DEPLOYMENT, Deployment.class).stream()
                .filter(d -> d.says().release().equals(release.id()) || isBehind(d, release, since));
    }

    /** A release that follows an agent's own rollback was there before it had its number. */
    private static boolean isBehind(Fact<Deployment> deployed, Release release, long since) {
        return release.says().cause() == ReleaseMade.Cause.OFFLINE_ROLLBACK
                && deployed.says().offline()
                && deployed.index() > since
                && deployed.says().release().slot().equals(release.says().slot())
                && Long.valueOf(deployed.says().release().number())
                        .equals(release.says().rollbackTo());
    }
}
