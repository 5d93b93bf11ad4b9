package dev.waybill.server.tag;

import dev.waybill.core.name.Digest;
import dev.waybill.core.predicate.Label;
import dev.waybill.core.statement.Signed;
import dev.waybill.core.statement.Statement;
import dev.waybill.core.statement.Subject;
import dev.waybill.server.db.Tx;
import dev.waybill.server.ledger.Ledger;
import java.util.Objects;

/** Moves of tags as label statements of the server's record key, about the manifest that the tag comes to or comes from. */
public final class LedgerTagFacts implements TagFacts {
    private final Ledger ledger;

    public LedgerTagFacts(Ledger ledger) {
        this.ledger = ledger;
    }

    @Override
    public Fact sign(TagMove move) {
        Digest target = move.target();
        Label label = new Label(
                move.application(),
                move.tag(),
                target == null ? "removed" : "set",
                move.previous(),
                move.by(),
                move.at());
        Digest about = Objects.requireNonNull(target == null ? move.previous() : target);
        Signed signed = ledger.keys()
                .record()
                .sign(Statement.of(label, Subject.of(move.application().value(), about)));
        return new Fact() {
            @Override
            public void append(Tx tx) {
                ledger.append(tx, signed);
            }
        };
    }
}
