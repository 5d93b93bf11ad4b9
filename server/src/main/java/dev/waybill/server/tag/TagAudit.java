package dev.waybill.server.tag;

import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.Version;
import dev.waybill.core.predicate.Label;
import dev.waybill.core.statement.PredicateTypes;
import dev.waybill.core.statement.Subject;
import dev.waybill.server.db.Tx;
import dev.waybill.server.ledger.Entry;
import dev.waybill.server.ledger.Finding;
import dev.waybill.server.ledger.Ledger;
import dev.waybill.server.ledger.RowAudit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Plays every move of every label again, and compares where tags stand and how they came there. */
public final class TagAudit implements RowAudit {
    private static final int PAGE = 500;

    private final TagStore store = new SqlTagStore();

    private record Name(ApplicationName repository, Version tag) {
        @Override
        public String toString() {
            return repository + ":" + tag;
        }
    }

    /** How far a label has come. */
    private record Place(long moves, @Nullable Digest digest) {
        static final Place NONE = new Place(0, null);
    }

    @Override
    public String room() {
        return "tag";
    }

    @Override
    public List<Finding> check(Tx tx, Ledger ledger) {
        List<Finding> findings = new ArrayList<>();
        Map<Name, Place> places = new HashMap<>();
        long seen = -1;
        List<Entry> page;
        do {
            page = ledger.ofType(tx, PredicateTypes.LABEL, seen, PAGE);
            for (Entry entry : page) {
                seen = entry.index();
                play(tx, entry, places, findings);
            }
        } while (page.size() == PAGE);
        store.all(tx)
                .forEach((repository, tags) -> tags.forEach(tag -> {
                    Name name = new Name(repository, tag);
                    compare(tx, name, places.getOrDefault(name, Place.NONE), findings);
                }));
        return findings;
    }

    private void play(Tx tx, Entry entry, Map<Name, Place> places, List<Finding> findings) {
        Label says = entry.statement().predicate(Label.class, PredicateTypes.LABEL);
        Name name = new Name(says.application(), says.label());
        Digest subject = entry.statement().subject().stream()
                .map(Subject::sha256)
                .flatMap(java.util.Optional::stream)
                .findFirst()
                .orElse(null);
        Digest target = says.action().equals("removed") ? null : subject;
        long move = places.getOrDefault(name, Place.NONE).moves() + 1;
        places.put(name, new Place(move, target));
        boolean shown = store.history(tx, name.repository(), name.tag(), move + 1, 1).stream()
                .anyMatch(past -> past.equals(new Tags.Past(move, target, says.at(), says.by())));
        if (!shown) {
            findings.add(new Finding(
                    room(),
                    "tag_history",
                    name + " " + move,
                    entry.index(),
                    "ROW_DIFFERS",
                    "The history does not show this move as it was signed."));
        }
    }

    private void compare(Tx tx, Name name, Place place, List<Finding> findings) {
        TagState state = store.state(tx, name.repository(), name.tag());
        if (state.moves() != place.moves() || !Objects.equals(state.digest(), place.digest())) {
            findings.add(new Finding(
                    room(), "tag", name.toString(), null, "ROW_DIFFERS", "The tag stands where no statement put it."));
        }
        if (!store.history(tx, name.repository(), name.tag(), Long.MAX_VALUE, 1).stream()
                .allMatch(newest -> newest.move() == place.moves())) {
            findings.add(new Finding(
                    room(),
                    "tag_history",
                    name.toString(),
                    null,
                    "STATEMENT_MISSING",
                    "The history shows a move that nobody signed."));
        }
    }
}
