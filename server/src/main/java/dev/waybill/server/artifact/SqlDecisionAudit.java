package dev.waybill.server.artifact;

import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.EnvironmentName;
import dev.waybill.core.name.ReleaseId;
import dev.waybill.core.name.Slot;
import dev.waybill.core.predicate.Mark;
import dev.waybill.core.predicate.PullLimit;
import dev.waybill.core.predicate.ReleaseMade;
import dev.waybill.core.statement.PredicateTypes;
import dev.waybill.server.db.Tx;
import dev.waybill.server.ledger.Entry;
import dev.waybill.server.ledger.Finding;
import dev.waybill.server.ledger.Ledger;
import dev.waybill.server.ledger.RowAudit;
import dev.waybill.server.ledger.StatementRows;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Compares what decisions left here with their statements: which bytes may be pulled for an environment, and which are
 * kept for ever. A keep for a promotion that still waits is a request and no fact: it is not compared.
 */
public final class SqlDecisionAudit implements RowAudit {
    private static final String RELEASE = "release ";
    private static final String PIN = "pin in ";
    private static final String EVIDENCE = "evidence ";
    private static final String WAITING = "promotion ";

    private final ReleaseLookup lookup;

    /** @param lookup which releases may still run; their rows are for the room of releases to compare */
    public SqlDecisionAudit(ReleaseLookup lookup) {
        this.lookup = lookup;
    }

    @Override
    public String room() {
        return "artifact";
    }

    /** A mark is ended by one of the same kind, slot and artifact. */
    private record Marked(
            Mark.Kind kind,
            ApplicationName application,
            @Nullable Slot slot,
            Digest artifact) {}

    /** What the ledger says of releases, vetoes and pins. */
    private record Said(
            Map<ReleaseId, ReleaseMade> releases, Map<Digest, ReleaseMade> byStatement, Set<Marked> standing) {
        static Said read(Tx tx, Ledger ledger) {
            Said said = new Said(new HashMap<>(), new HashMap<>(), new HashSet<>());
            ledger.each(tx, PredicateTypes.RELEASE, said::release);
            ledger.each(tx, PredicateTypes.MARK, said::mark);
            return said;
        }

        private void release(Entry entry) {
            ReleaseMade made = entry.statement().predicate(ReleaseMade.class, PredicateTypes.RELEASE);
            releases.put(new ReleaseId(made.slot(), made.number()), made);
            byStatement.put(entry.id(), made);
        }

        private void mark(Entry entry) {
            Mark mark = entry.statement().predicate(Mark.class, PredicateTypes.MARK);
            Digest artifact = mark.artifact();
            if (artifact == null) {
                return;
            }
            Marked marked = new Marked(mark.kind(), mark.application(), mark.slot(), artifact);
            if (mark.ended()) {
                standing.remove(marked);
            } else {
                standing.add(marked);
            }
        }

        boolean isPinned(ApplicationName application, Digest artifact) {
            return standing.contains(new Marked(Mark.Kind.PIN, application, null, artifact));
        }

        /** Vetoed bytes may not be pulled, except where they may still run. */
        boolean mayBePulled(Slot slot, Digest artifact, List<Digest> mayRun) {
            boolean vetoed = standing.contains(new Marked(Mark.Kind.VETO, slot.application(), null, artifact))
                    || standing.contains(new Marked(Mark.Kind.VETO, slot.application(), slot, artifact));
            return !vetoed
                    || mayRun.stream()
                            .map(byStatement::get)
                            .anyMatch(made -> made != null
                                    && made.slot().equals(slot)
                                    && made.artifact().equals(artifact));
        }
    }

    private record Permitted(Slot slot, Digest artifact) {}

    private record Kept(Digest digest, String why, String by) {}

    @Override
    public List<Finding> check(Tx tx, Ledger ledger) {
        Said said = Said.read(tx, ledger);
        return Stream.of(permits(tx, ledger, said), keeps(tx, ledger, said), limits(tx, ledger), strays(tx, ledger))
                .flatMap(List::stream)
                .toList();
    }

    private List<Finding> permits(Tx tx, Ledger ledger, Said said) {
        StatementRows rows = new StatementRows(tx, ledger, room(), "permit");
        Set<Permitted> released = new HashSet<>();
        said.releases().values().forEach(made -> released.add(new Permitted(made.slot(), made.artifact())));
        Set<Permitted> shown = new HashSet<>(tx.handle()
                .createQuery("SELECT environment, application, digest FROM permit")
                .map((row, context) -> new Permitted(
                        new Slot(
                                new EnvironmentName(row.getString("environment")),
                                new ApplicationName(row.getString("application"))),
                        Digest.parse(row.getString("digest"))))
                .list());
        for (Permitted permit : shown) {
            String name = permit.slot() + " " + permit.artifact();
            if (!released.contains(permit)) {
                rows.add(name, null, "STATEMENT_MISSING", "No release ever brought these bytes there.");
            } else if (!mayBePulled(tx, said, permit)) {
                rows.add(name, null, "ROW_DIFFERS", "A veto of these bytes stands.");
            }
        }
        for (Permitted permit : released) {
            if (!shown.contains(permit) && mayBePulled(tx, said, permit)) {
                rows.add(
                        permit.slot() + " " + permit.artifact(),
                        null,
                        "ROW_MISSING",
                        "These bytes were released there and may not be pulled.");
            }
        }
        return rows.findings();
    }

    private boolean mayBePulled(Tx tx, Said said, Permitted permit) {
        return said.mayBePulled(permit.slot(), permit.artifact(), lookup.mayRun(tx, permit.slot()));
    }

    private List<Finding> keeps(Tx tx, Ledger ledger, Said said) {
        StatementRows rows = new StatementRows(tx, ledger, room(), "keep");
        Set<String> shown = new HashSet<>();
        List<Kept> kept = tx.handle()
                .createQuery("SELECT digest, reason, kept_by FROM keep ORDER BY digest, reason")
                .map((row, context) -> new Kept(
                        Digest.parse(row.getString("digest")), row.getString("reason"), row.getString("kept_by")))
                .list();
        for (Kept row : kept) {
            shown.add(row.digest() + " " + row.why());
            if (row.why().startsWith(EVIDENCE)) {
                Digest statement = Digest.parse(row.why().substring(EVIDENCE.length()));
                rows.row(row.why(), statement, entry -> names(entry, row.digest()));
            } else if (!row.why().startsWith(WAITING) && !isSaid(row, said)) {
                rows.add(
                        row.digest() + " " + row.why(),
                        null,
                        "STATEMENT_MISSING",
                        "Nothing in the ledger keeps these bytes for that reason and by " + row.by() + ".");
            }
        }
        said.releases().forEach((id, made) -> require(made.artifact() + " " + RELEASE + id, shown, rows));
        said.standing().stream()
                .filter(mark -> mark.kind() == Mark.Kind.PIN)
                .forEach(mark -> require(mark.artifact() + " " + PIN + mark.application(), shown, rows));
        return rows.findings();
    }

    /** A limit that a row alone claims closes and opens nothing; one without its row is in force all the same. */
    private List<Finding> limits(Tx tx, Ledger ledger) {
        StatementRows rows = new StatementRows(tx, ledger, room(), "pull_allowance");
        Set<String> said = new TreeSet<>();
        ledger.each(tx, PredicateTypes.PULL_LIMIT, entry -> {
            PullLimit limit = entry.statement().predicate(PullLimit.class, PredicateTypes.PULL_LIMIT);
            said.add(limit.account() + " in " + limit.environment());
        });
        Set<String> shown = new TreeSet<>(tx.handle()
                .createQuery("SELECT actor, environment FROM pull_allowance")
                .map((row, context) -> row.getString("actor") + " in " + row.getString("environment"))
                .list());
        shown.stream()
                .filter(row -> !said.contains(row))
                .forEach(row -> rows.add(row, null, "STATEMENT_MISSING", "Nobody limited that account so."));
        said.stream()
                .filter(row -> !shown.contains(row))
                .forEach(row -> rows.add(row, null, "ROW_MISSING", "No row shows this limit of what may be pulled."));
        return rows.findings();
    }

    private List<Finding> strays(Tx tx, Ledger ledger) {
        StatementRows rows = new StatementRows(tx, ledger, room(), "artifact_part");
        tx.handle()
                .createQuery("SELECT DISTINCT artifact FROM artifact_part"
                        + " WHERE artifact NOT IN (SELECT digest FROM artifact) ORDER BY artifact LIMIT 100")
                .mapTo(String.class)
                .forEach(row -> rows.add(row, null, "STATEMENT_MISSING", "Parts of no registered artifact are there."));
        return rows.findings();
    }

    private static boolean isSaid(Kept row, Said said) {
        if (row.why().startsWith(PIN)) {
            return said.isPinned(new ApplicationName(row.why().substring(PIN.length())), row.digest());
        }
        ReleaseMade made = row.why().startsWith(RELEASE)
                ? said.releases().get(ReleaseId.parse(row.why().substring(RELEASE.length())))
                : null;
        return made != null
                && made.artifact().equals(row.digest())
                && made.by().value().equals(row.by());
    }

    private static void require(String row, Set<String> shown, StatementRows rows) {
        if (!shown.contains(row)) {
            rows.add(row, null, "ROW_MISSING", "Nothing keeps these bytes for that reason.");
        }
    }

    /** Reports stand in statements by their sha256, whatever the predicate. */
    private static boolean names(Entry entry, Digest file) {
        return new String(entry.signed().payload(), StandardCharsets.UTF_8).contains(file.hex());
    }
}
