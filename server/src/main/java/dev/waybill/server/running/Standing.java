package dev.waybill.server.running;

import dev.waybill.api.promotion.MarkView;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.Slot;
import dev.waybill.core.policy.InForce;
import dev.waybill.core.predicate.Mark;
import dev.waybill.core.statement.PredicateTypes;
import dev.waybill.server.db.Tx;
import dev.waybill.server.history.Facts;
import dev.waybill.server.ledger.Entry;
import dev.waybill.server.ledger.Ledger;
import java.util.List;
import java.util.Optional;

/**
 * Every hold and veto in force. They are few and have no rows; all are read from the ledger in one go, and only those count whose key
 * may say so. One whose signature does not verify stops the reading: nobody can tell what it said.
 */
public record Standing(List<MarkView> marks) {
    public Standing {
        marks = List.copyOf(marks);
    }

    static Standing read(Tx tx, Ledger ledger, Facts facts) {
        InForce<Entry> marks = new InForce<>(Standing::says);
        Facts.Reading reading = facts.reading(tx);
        ledger.each(tx, PredicateTypes.MARK, entry -> {
            if (reading.counts(entry)) {
                marks.hear(entry);
            }
        });
        return new Standing(
                marks.all().stream().map(entry -> view(entry, says(entry))).toList());
    }

    /** The newest hold of a slot. */
    public Optional<MarkView> hold(Slot slot) {
        return marks.stream()
                .filter(m -> m.kind() == Mark.Kind.HOLD && slot.equals(m.slot()))
                .reduce((a, b) -> b);
    }

    /** The newest veto that keeps these bytes out of the slot: one for it, or one for everywhere. */
    public Optional<MarkView> veto(Slot slot, Digest artifact) {
        return marks.stream()
                .filter(m -> m.kind() == Mark.Kind.VETO && artifact.equals(m.artifact()))
                .filter(m -> m.application().equals(slot.application()))
                .filter(m -> m.slot() == null || slot.equals(m.slot()))
                .reduce((a, b) -> b);
    }

    private static Mark says(Entry entry) {
        return entry.statement().predicate(Mark.class, PredicateTypes.MARK);
    }

    private static MarkView view(Entry entry, Mark says) {
        return new MarkView(
                says.kind(),
                says.application(),
                says.slot(),
                says.artifact(),
                says.reason(),
                says.by(),
                says.at(),
                entry.id());
    }
}
