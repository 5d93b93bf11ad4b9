package dev.waybill.server.deploy;

import dev.waybill.core.predicate.Deployment;
import dev.waybill.core.predicate.Observation;
import dev.waybill.core.statement.PredicateTypes;
import dev.waybill.server.db.Tx;
import dev.waybill.server.ledger.Entry;
import dev.waybill.server.ledger.Finding;
import dev.waybill.server.ledger.Ledger;
import dev.waybill.server.ledger.RowAudit;
import dev.waybill.server.ledger.StatementRows;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Compares the rows of deployments and observations with their statements, in both directions. */
public final class DeployAudit implements RowAudit {
    private final ReportStore store = new SqlReportStore();

    @Override
    public String room() {
        return "deploy";
    }

    @Override
    public List<Finding> check(Tx tx, Ledger ledger) {
        return Stream.of(ReportStore.Kind.values())
                .flatMap(kind -> check(tx, ledger, kind).stream())
                .toList();
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
