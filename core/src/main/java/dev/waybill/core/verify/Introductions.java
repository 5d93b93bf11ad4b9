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
 * verdicts too; they stand in the file or count for nothing. An agent that enrols again with its key has the slots of its
 * last enrolment from there on; what the file itself says of a key stays, and a later enrolment of its holder is added to
 * it. A retirement always counts.
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

    private void apply(Verified statement, List<TrustedKey> keys) {
        KeyChange change = statement.statement().predicate(KeyChange.class, PredicateTypes.KEY);
        long index = statement.index();
        if (change.action().equals("retired")) {
            keys.replaceAll(key -> key.publicKey().equals(change.publicKey()) ? key.endedAt(index) : key);
        } else if (change.action().equals("added") && change.role() == KeyRole.AGENT && fileAllows(change, index)) {
            TrustedKey introduced = new TrustedKey(
                    KeyRole.AGENT,
                    change.holder(),
                    change.publicKey(),
                    change.slots(),
                    List.of(),
                    new Validity(index, null));
            keys.replaceAll(key -> introduced.isSameAs(key) && !trust.keys().contains(key) ? key.endedAt(index) : key);
            keys.add(introduced);
        }
    }

    /**
     * Whether the file leaves room for it: all that the file says of this key is about this agent, and was said of earlier
     * positions. Otherwise who leaves a retirement out of a proof could bring back a key that the file knows as retired.
     */
    private boolean fileAllows(KeyChange change, long index) {
        return trust.keys().stream()
                .filter(key -> key.publicKey().equals(change.publicKey()))
                .allMatch(key -> key.role() == KeyRole.AGENT
                        && key.holder().equals(change.holder())
                        && key.validity().isBefore(index));
    }
}
