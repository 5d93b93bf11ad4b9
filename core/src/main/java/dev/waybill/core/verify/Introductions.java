package dev.waybill.core.verify;

import dev.waybill.core.predicate.KeyChange;
import dev.waybill.core.statement.KeyRole;
import dev.waybill.core.statement.PredicateTypes;
import dev.waybill.core.verify.TrustedKey.Validity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Keys of agents that enrolled after a trust file was written: a record key of the file introduced them by a {@code key}
 * statement in the ledger. The server's own keys are never introduced, for whoever stole the record key could then make
 * verdicts too; they stand in the file or count for nothing. A retirement always counts.
 */
public final class Introductions {
    private final TrustRoot trust;
    private final Verifier verifier;

    public Introductions(TrustRoot trust) {
        this.trust = trust;
        this.verifier = new Verifier(trust);
    }

    /**
     * The trust file with what these {@code key} statements add and take away.
     *
     * @param bundles sigstore bundles with their log entries, in any order
     */
    public TrustRoot with(List<byte[]> bundles) {
        List<TrustedKey> keys = new ArrayList<>(trust.keys());
        bundles.stream()
                .map(bundle -> verifier.verify(bundle, Question.of(PredicateTypes.KEY)))
                .sorted(Comparator.comparingLong(Verified::index))
                .forEach(statement -> apply(statement, keys));
        return new TrustRoot(trust.mediaType(), trust.logs(), keys, trust.witnesses(), trust.quorum());
    }

    private static void apply(Verified statement, List<TrustedKey> keys) {
        KeyChange change = statement.statement().predicate(KeyChange.class, PredicateTypes.KEY);
        if (change.action().equals("retired")) {
            keys.replaceAll(key ->
                    key.publicKey().equals(change.publicKey()) && key.validity().covers(statement.index())
                            ? key.valid(new Validity(key.validity().from(), statement.index()))
                            : key);
            return;
        }
        boolean known = keys.stream().anyMatch(key -> key.publicKey().equals(change.publicKey()));
        if (change.action().equals("added") && change.role() == KeyRole.AGENT && !known) {
            keys.add(new TrustedKey(
                    KeyRole.AGENT,
                    change.holder(),
                    change.publicKey(),
                    change.slots(),
                    List.of(),
                    new Validity(statement.index(), null)));
        }
    }
}
