package dev.waybill.server.insight;

import dev.waybill.api.insight.Fact;
import dev.waybill.core.name.Digest;
import dev.waybill.core.predicate.Copy;
import dev.waybill.core.statement.PredicateTypes;
import dev.waybill.server.artifact.Artifact;
import dev.waybill.server.db.Tx;
import dev.waybill.server.ledger.Entry;
import dev.waybill.server.ledger.KnownKey;
import dev.waybill.server.ledger.Ledger;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Writes lines of answers from ledger entries. A line is verified when a key that counted at its place, and whose role may
 * say such things, signed it; and when what it says is more than somebody's word.
 */
final class Ink {
    private final Ledger ledger;
    private final Tx tx;
    private final List<KnownKey> keys;

    Ink(Ledger ledger, Tx tx) {
        this.ledger = ledger;
        this.tx = tx;
        this.keys = ledger.register().all(tx);
    }

    Fact line(Entry entry, Telling telling) {
        Optional<KnownKey> key = key(entry);
        return new Fact(
                telling.label(),
                telling.text(),
                key.isPresent() && !telling.claimed(),
                entry.id(),
                entry.index(),
                key.map(Ink::name).orElse("a key that the ledger does not know"));
    }

    /** In the words of {@link Telling}. */
    Fact line(Entry entry) {
        return line(entry, Telling.of(entry.statement()));
    }

    Optional<Fact> line(Digest statement) {
        return ledger.find(tx, statement).map(this::line);
    }

    List<Entry> about(Digest artifact, String predicateType) {
        return ledger.about(tx, artifact, predicateType);
    }

    /** Where it was copied from, as those say who push to its application: the same bytes may lie in others', too. */
    List<Fact> copies(Artifact artifact) {
        return about(artifact.digest(), PredicateTypes.COPY).stream()
                .filter(e -> e.statement()
                        .predicate(Copy.class, PredicateTypes.COPY)
                        .repository()
                        .equals(artifact.application()))
                .map(this::line)
                .toList();
    }

    boolean counts(Entry entry) {
        return key(entry).isPresent();
    }

    private Optional<KnownKey> key(Entry entry) {
        String spki = Base64.getEncoder().encodeToString(entry.signed().publicKey());
        return keys.stream()
                .filter(k -> k.publicKey().equals(spki) && k.countsAt(entry.index()))
                .filter(k -> k.role().maySay(entry.statement().predicateType()))
                .findFirst();
    }

    private static String name(KnownKey key) {
        return key.holder().equals("server") ? "server, " + key.role().label() + " key" : key.holder();
    }
}
