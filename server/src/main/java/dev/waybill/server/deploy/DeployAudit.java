package dev.waybill.server.deploy;

import dev.waybill.core.predicate.Deployment;
import dev.waybill.core.predicate.Observation;
import dev.waybill.core.statement.PredicateTypes;
import dev.waybill.core.statement.Statement;
import dev.waybill.server.db.Tx;
import dev.waybill.server.ledger.Entry;
import dev.waybill.server.ledger.Finding;
import dev.waybill.server.ledger.Ledger;
import dev.waybill.server.ledger.RowAudit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Compares the rows of deployments and observations with their statements. */
public final class DeployAudit implements RowAudit {
    private final ReportStore store = new SqlReportStore();

    @Override
    public String room() {
        return "deploy";
    }

    @Override
    public List<Finding> check(Tx tx, Ledger ledger) {
        List<Finding> findings = new ArrayList<>();
        for (ReportStore.Kind kind : ReportStore.Kind.values()) {
            for (Said said : store.all(tx, kind)) {
                Optional<Entry> entry = ledger.find(tx, said.statement());
                if (entry.isEmpty()) {
                    findings.add(finding(kind, said, "STATEMENT_MISSING", "its statement is not in the ledger"));
                } else if (!agrees(kind, said, entry.get())) {
                    findings.add(finding(kind, said, "ROW_DIFFERS", "it differs from its statement"));
                }
            }
        }
        return findings;
    }

    private static boolean agrees(ReportStore.Kind kind, Said said, Entry entry) {
        Statement statement = entry.statement();
        if (kind == ReportStore.Kind.DEPLOYMENT) {
            Deployment d = statement.predicate(Deployment.class, PredicateTypes.DEPLOYMENT);
            return said.equals(
                    new Said(d.agent(), d.target(), d.number(), d.release().slot(), entry.id(), entry.index()));
        }
        Observation o = statement.predicate(Observation.class, PredicateTypes.OBSERVATION);
        return said.equals(new Said(o.agent(), o.target(), o.number(), o.slot(), entry.id(), entry.index()));
    }

    private static Finding finding(ReportStore.Kind kind, Said said, String code, String what) {
        String table = kind.name().toLowerCase(Locale.ROOT);
        String row = said.agent() + " " + said.target() + " #" + said.number();
        return new Finding("deploy", table, row, said.index(), code, "The row " + row + ": " + what + ".");
    }
}
