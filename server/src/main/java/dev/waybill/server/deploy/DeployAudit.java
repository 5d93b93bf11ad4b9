package dev.waybill.server.deploy;

import dev.waybill.core.name.Slot;
import dev.waybill.core.predicate.Deployment;
import dev.waybill.core.predicate.Observation;
import dev.waybill.core.predicate.ReleaseMade;
import dev.waybill.core.statement.PredicateTypes;
import dev.waybill.server.db.Tx;
import dev.waybill.server.ledger.Entry;
import dev.waybill.server.ledger.Finding;
import dev.waybill.server.ledger.Ledger;
import dev.waybill.server.ledger.RowAudit;
import dev.waybill.server.ledger.StatementRows;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Compares the rows of deployments, observations and what shall run with their statements, in both directions. */
public final class DeployAudit implements RowAudit {
    private final SqlReportStore store = new SqlReportStore();

    @Override
    public String room() {
        return "deploy";
    }

    @Override
    public List<Finding> check(Tx tx, Ledger ledger) {
        return Stream.concat(
                        Stream.of(ReportStore.Kind.values()).flatMap(kind -> check(tx, ledger, kind).stream()),
                        desired(tx, ledger).stream())
                .toList();
    }

    /** What agents are told to run is the newest release of each slot, as far as releases were followed. */
    private List<Finding> desired(Tx tx, Ledger ledger) {
        long followed = store.followed(tx);
        Map<Slot, DesiredRow> newest = new TreeMap<>();
        ledger.each(tx, PredicateTypes.RELEASE, entry -> {
            if (entry.index() < followed) {
                ReleaseMade made = entry.statement().predicate(ReleaseMade.class, PredicateTypes.RELEASE);
                newest.merge(
                        made.slot(),
                        new DesiredRow(made.slot(), made.number(), entry.id()),
                        (a, b) -> a.number() < b.number() ? b : a);
            }
        });
        StatementRows rows = new StatementRows(tx, ledger, room(), "desired");
        for (DesiredRow row : store.allDesired(tx)) {
            DesiredRow wanted = newest.remove(row.slot());
            rows.row(row.slot().toString(), row.statement(), entry -> row.equals(wanted));
        }
        newest.values()
                .forEach(row -> rows.add(
                        row.slot().toString(),
                        null,
                        "ROW_MISSING",
                        "Release #" + row.number() + " is not told to agents."));
        return rows.findings();
    }

    private List<Finding> check(Tx tx, Ledger ledger, ReportStore.Kind kind) {
        boolean deployments = kind == ReportStore.Kind.DEPLOYMENT;
        StatementRows rows = new StatementRows(tx, ledger, room(), kind.name().toLowerCase(Locale.ROOT));
        for (Said row : store.all(tx, kind)) {
            rows.row(
                    row.agent() + " " + row.target() + " #" + row.number(),
                    row.statement(),
                    entry -> row.equals(deployments ? deployment(entry) : observation(entry)));
        }
        rows.allOf(deployments ? PredicateTypes.DEPLOYMENT : PredicateTypes.OBSERVATION);
        return rows.findings();
    }

    private static Said deployment(Entry entry) {
        Deployment says = entry.statement().predicate(Deployment.class, PredicateTypes.DEPLOYMENT);
        return new Said(
                says.agent(), says.target(), says.number(), says.release().slot(), entry.id(), entry.index());
    }

    private static Said observation(Entry entry) {
        Observation says = entry.statement().predicate(Observation.class, PredicateTypes.OBSERVATION);
        return new Said(says.agent(), says.target(), says.number(), says.slot(), entry.id(), entry.index());
    }
}
