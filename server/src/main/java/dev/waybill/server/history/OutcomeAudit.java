package dev.waybill.server.history;

import dev.waybill.core.name.ReleaseId;
import dev.waybill.core.predicate.Deployment;
import dev.waybill.core.predicate.ReleaseMade;
import dev.waybill.core.statement.PredicateTypes;
import dev.waybill.server.db.Tx;
import dev.waybill.server.ledger.Entry;
import dev.waybill.server.ledger.Finding;
import dev.waybill.server.ledger.Ledger;
import dev.waybill.server.ledger.RowAudit;
import dev.waybill.server.release.Release;
import dev.waybill.server.release.Releases;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Compares what became of each release with what agents signed of it, as far as reports were followed: a failure is the
 * first one that was reported, a success was reported by somebody.
 */
public final class OutcomeAudit implements RowAudit {
    private static final String TABLE = "slot_release";

    private final Releases releases = new Releases();
    private final MovementStore movements = new SqlMovementStore();

    @Override
    public String room() {
        return "release";
    }

    /** What agents said of one release. */
    private static final class Said {
        private Release.@Nullable Outcome failure;
        private boolean succeeded;
        private boolean broughtBack;

        void hear(Deployment says) {
            boolean good = says.outcome() == Deployment.Outcome.SUCCEEDED;
            if (says.offline()) {
                broughtBack |= good;
            } else if (good) {
                succeeded = true;
            } else if (failure == null) {
                failure = Release.Outcome.of(says.outcome());
            }
        }
    }

    @Override
    public List<Finding> check(Tx tx, Ledger ledger) {
        Map<ReleaseId, Said> said = said(tx, ledger);
        List<Finding> findings = new ArrayList<>();
        releases.slots(tx).forEach(slot -> {
            for (Release release : releases.all(tx, slot, Integer.MAX_VALUE)) {
                if (!agrees(release, said)) {
                    findings.add(new Finding(
                            room(),
                            TABLE,
                            release.id().toString(),
                            null,
                            "ROW_DIFFERS",
                            "Its outcome is " + release.outcome().label() + ", which is not what agents reported."));
                }
            }
        });
        return findings;
    }

    private Map<ReleaseId, Said> said(Tx tx, Ledger ledger) {
        long followed = movements.next(tx);
        Facts.Reading reading = new Facts(ledger).reading(tx);
        Map<ReleaseId, Said> said = new HashMap<>();
        Map<ReleaseId, Long> made = made(tx, ledger);
        ledger.each(tx, PredicateTypes.DEPLOYMENT, entry -> {
            if (entry.index() < followed && reading.counts(entry)) {
                Deployment says = says(entry);
                // What an agent refused under a number that nobody had given says nothing of the release that got it
                // later.
                if (made.getOrDefault(says.release(), Long.MAX_VALUE) < entry.index()) {
                    said.computeIfAbsent(says.release(), id -> new Said()).hear(says);
                }
            }
        });
        return said;
    }

    /** Where the ledger has each release. */
    private Map<ReleaseId, Long> made(Tx tx, Ledger ledger) {
        Map<ReleaseId, Long> made = new HashMap<>();
        releases.slots(tx)
                .forEach(slot -> releases.all(tx, slot, Integer.MAX_VALUE)
                        .forEach(release -> ledger.find(tx, release.statement())
                                .ifPresent(entry -> made.put(release.id(), entry.index()))));
        return made;
    }

    private static Deployment says(Entry entry) {
        return entry.statement().predicate(Deployment.class, PredicateTypes.DEPLOYMENT);
    }

    private static boolean agrees(Release release, Map<ReleaseId, Said> all) {
        Said said = all.getOrDefault(release.id(), new Said());
        if (said.failure != null) {
            return release.outcome() == said.failure;
        }
        return switch (release.outcome()) {
            case FAILED, RETURNED, DOWN -> false;
            case SUCCEEDED -> said.succeeded || wasBroughtBack(release, all);
            // A slot whose agents were retired forgets what they brought; nobody relies on what is not said.
            case NONE, DEPLOYING, SUPERSEDED -> true;
        };
    }

    /** What an agent brought back alone ran before it had its number: the report names the older release. */
    private static boolean wasBroughtBack(Release release, Map<ReleaseId, Said> all) {
        Long older = release.says().rollbackTo();
        return release.says().cause() == ReleaseMade.Cause.OFFLINE_ROLLBACK
                && older != null
                && all.getOrDefault(new ReleaseId(release.says().slot(), older), new Said()).broughtBack;
    }
}
