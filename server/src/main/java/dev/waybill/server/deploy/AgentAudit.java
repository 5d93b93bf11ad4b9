package dev.waybill.server.deploy;

import dev.waybill.core.predicate.KeyChange;
import dev.waybill.core.statement.KeyRole;
import dev.waybill.core.statement.PredicateTypes;
import dev.waybill.server.db.Tx;
import dev.waybill.server.ledger.Finding;
import dev.waybill.server.ledger.Ledger;
import dev.waybill.server.ledger.RowAudit;
import dev.waybill.server.ledger.StatementRows;
import java.util.List;

/** Compares each agent's row with the key statement that enrolled it. */
public final class AgentAudit implements RowAudit {
    private final AgentStore store = new SqlAgentStore();

    @Override
    public String room() {
        return "deploy";
    }

    @Override
    public List<Finding> check(Tx tx, Ledger ledger) {
        StatementRows rows = new StatementRows(tx, ledger, room(), "agent");
        for (AgentRow row : store.agents(tx)) {
            rows.row(row.name().value(), row.statement(), entry -> {
                KeyChange says = entry.statement().predicate(KeyChange.class, PredicateTypes.KEY);
                return says.action().equals("added")
                        && says.role() == KeyRole.AGENT
                        && says.holder().equals("agent/" + row.name())
                        && says.publicKey().equals(row.publicKey())
                        && says.slots().equals(row.slots());
            });
        }
        return rows.findings();
    }
}
