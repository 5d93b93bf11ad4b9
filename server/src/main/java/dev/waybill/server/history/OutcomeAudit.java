package dev.waybill.server.history;

import dev.waybill.core.name.ReleaseId;
import dev.waybill.core.policy.History;
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
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Compares what became of each release with what agents signed of it, as far as reports were followed: a failure is the
 * first one that was reported, a success was reported by somebody, and what every target reported is no less than a success.
 */
public final class OutcomeAudit implements RowAudit {
    private static final String TABLE = "slot_release";

    private final Releases releases = new Releases();
    private final MovementStore movements = new SqlMovementStore();
    private final Targets targets = new Targets();

    @Override
    public String room() {
        return "release";
    }

    /** What agents said of one release. */
    private static final class Said {
        private Release.@Nullable Outcome failure;
        private boolean succeeded;
        private boolean broughtBack;

        /** By {@code agent/target} as they are now: where the ledger has the first success. */
        private final Map<String, Long> had = new HashMap<>();

        void hear(Deployment says, long index, boolean ofNow) {
            boolean good = says.outcome() == Deployment.Outcome.SUCCEEDED;
            if (says.offline()) {
                broughtBack |= good;
            } else if (good) {
                succeeded = true;
                if (ofNow) {
                    had.putIfAbsent(says.agent() + "/" + says.target(), index);
                }
            } else if (failure == null) {
                failure = Release.Outcome.of(says.outcome());
            }
        }
    }

    @Override
    public List<Finding> check(Tx tx, Ledger ledger) {
        Facts.Reading reading = new Facts(ledger).reading(tx);
        Map<ReleaseId, Said> said = said(tx, ledger, reading);
        List<Finding> findings = new ArrayList<>();
        releases.slots(tx).forEach(slot -> {
            List<History.Target> there = targets.of(tx, slot, reading.keys());
            for (Release release : releases.all(tx, slot, Integer.MAX_VALUE)) {
                if (!agrees(release, said) || isUnderstated(release, said, there, reading)) {
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

    private Map<ReleaseId, Said> said(Tx tx, Ledger ledger, Facts.Reading reading) {
        long followed = movements.next(tx);
        Map<ReleaseId, Said> said = new HashMap<>();
        Map<ReleaseId, Long> made = made(tx, ledger);
        ledger.each(tx, PredicateTypes.DEPLOYMENT, entry -> {
            if (entry.index() < followed && reading.counts(entry)) {
                Deployment says = says(entry);
                // What an agent refused under a number that nobody had given says nothing of the release that got it
                // later.
                if (made.getOrDefault(says.release(), Long.MAX_VALUE) < entry.index()) {
                    said.computeIfAbsent(says.release(), id -> new Said())
                            .hear(says, entry.index(), reading.isOfNow(says.agent(), entry.index()));
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
            // Whether every target had it is asked apart.
            case NONE, DEPLOYING, SUPERSEDED -> true;
        };
    }

    /**
     * True when every target reported success and the row says less. Not when one has left the slot since: a slot whose agents
     * were retired forgets what they brought, and what had been superseded is not looked at again.
     */
    private static boolean isUnderstated(
            Release release, Map<ReleaseId, Said> all, List<History.Target> there, Facts.Reading reading) {
        Said said = all.get(release.id());
        if (said == null || said.failure != null || release.outcome() == Release.Outcome.SUCCEEDED) {
            return false;
        }
        Set<String> names = there.stream().map(History.Target::toString).collect(Collectors.toSet());
        if (names.isEmpty() || !said.had.keySet().containsAll(names)) {
            return false;
        }
        long last = names.stream().mapToLong(said.had::get).max().orElseThrow();
        return reading.keys().stream()
                .noneMatch(key -> !key.inService()
                        && key.until() > last
                        && key.slots().contains(release.says().slot()));
    }

    /** What an agent brought back alone ran before it had its number: the report names the older release. */
    private static boolean wasBroughtBack(Release release, Map<ReleaseId, Said> all) {
        Long older = release.says().rollbackTo();
        return release.says().cause() == ReleaseMade.Cause.OFFLINE_ROLLBACK
                && older != null
                && all.getOrDefault(new ReleaseId(release.says().slot(), older), new Said()).broughtBack;
    }
}
