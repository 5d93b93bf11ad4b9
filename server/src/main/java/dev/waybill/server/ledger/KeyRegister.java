package dev.waybill.server.ledger;

import dev.waybill.core.name.Digest;
import dev.waybill.core.predicate.KeyChange;
import dev.waybill.core.statement.Dsse;
import dev.waybill.core.statement.KeyRole;
import dev.waybill.core.statement.PredicateTypes;
import dev.waybill.core.statement.PublicKeys;
import dev.waybill.core.statement.Signed;
import dev.waybill.core.statement.Statement;
import dev.waybill.core.verify.TrustRoot;
import dev.waybill.core.verify.TrustedKey;
import dev.waybill.server.db.Tx;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Which keys count where, read from the ledger alone: each {@code key} statement adds or retires one. The first entry is
 * the record key speaking for itself; every later change counts only when a record key in service signed it. A key that
 * is added again for the same holder has what the later entry says from there on.
 */
public final class KeyRegister {
    private static final int PAGE = 500;

    private final Ledger ledger;

    public KeyRegister(Ledger ledger) {
        this.ledger = ledger;
    }

    /** Every key there ever was, in ledger order. */
    public List<KnownKey> all(Tx tx) {
        List<KnownKey> keys = new ArrayList<>();
        long seen = -1;
        List<Entry> page;
        do {
            page = ledger.ofType(tx, PredicateTypes.KEY, seen, PAGE);
            for (Entry entry : page) {
                apply(entry, keys);
                seen = entry.index();
            }
        } while (page.size() == PAGE);
        return keys;
    }

    /** The keys of one holder that are in service now. */
    public List<KnownKey> heldBy(Tx tx, String holder) {
        return all(tx).stream()
                .filter(key -> key.inService() && key.holder().equals(holder))
                .toList();
    }

    /** All that this public key counts as for an entry at this index: one pair of keys may have several roles and holders. */
    public List<KnownKey> at(Tx tx, byte[] publicKey, long index) {
        return find(all(tx), publicKey, index);
    }

    /** True if the statement was made by a key of this role that was in service there, and really by it. */
    public boolean counts(Tx tx, Entry entry, KeyRole role) {
        Signed signed = entry.signed();
        byte[] message = Dsse.preAuthenticationEncoding(Statement.PAYLOAD_TYPE, signed.payload());
        return PublicKeys.verifies(signed.publicKey(), message, signed.signature())
                && at(tx, signed.publicKey(), entry.index()).stream().anyMatch(key -> key.role() == role);
    }

    /** Whom to trust as of now: every key that ever counted, with the positions at which it did, and the log's own. */
    public TrustRoot trustRoot(Tx tx) {
        List<TrustedKey> trusted = all(tx).stream().map(KeyRegister::trusted).toList();
        return TrustRoot.of(ledger.keys().log().verifier(), trusted);
    }

    private static TrustedKey trusted(KnownKey key) {
        Long until = key.inService() ? null : Long.valueOf(key.until());
        return new TrustedKey(
                key.role(),
                key.holder(),
                key.publicKey(),
                key.slots(),
                List.of(),
                new TrustedKey.Validity(key.from(), until));
    }

    static List<KnownKey> find(List<KnownKey> keys, byte[] publicKey, long index) {
        String wanted = base64(publicKey);
        return keys.stream()
                .filter(key -> key.countsAt(index) && key.publicKey().equals(wanted))
                .toList();
    }

    /** The subject of statements about a key: the sha256 of its SubjectPublicKeyInfo. */
    public static Digest subject(byte[] publicKey) {
        return Digest.sha256(publicKey);
    }

    private static void apply(Entry entry, List<KnownKey> keys) {
        KeyChange change = entry.statement().predicate(KeyChange.class, PredicateTypes.KEY);
        String publicKey = change.publicKey();
        byte[] signer = entry.signed().publicKey();
        boolean root = entry.index() == 0 && change.role() == KeyRole.RECORD && publicKey.equals(base64(signer));
        boolean signedByRecord =
                find(keys, signer, entry.index()).stream().anyMatch(key -> key.role() == KeyRole.RECORD);
        if (!root && !signedByRecord) {
            return;
        }
        switch (change.action()) {
            case "added" -> {
                KnownKey added = new KnownKey(
                        publicKey, change.role(), change.holder(), change.slots(), entry.index(), Long.MAX_VALUE);
                keys.replaceAll(key -> key.inService() && added.replaces(key) ? key.retiredAt(entry.index()) : key);
                keys.add(added);
            }
            case "retired" ->
                keys.replaceAll(key ->
                        key.inService() && key.publicKey().equals(publicKey) ? key.retiredAt(entry.index()) : key);
            default -> {
                // An action of a later version neither adds nor retires: the key keeps what it had.
            }
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
