package dev.waybill.server.ledger;

import dev.waybill.core.name.Slot;
import dev.waybill.core.statement.KeyRole;
import java.util.Base64;
import java.util.List;

/**
 * A key that the ledger knows, and where in the ledger it counts.
 *
 * @param publicKey SubjectPublicKeyInfo, DER, base64
 * @param holder {@code server}, or {@code agent/<name>}
 * @param slots where an agent's key may speak; empty for the server's own
 * @param from the index of the entry that added it: it counts from there on, itself included
 * @param until the index of the entry that retired or replaced it, not included; {@link Long#MAX_VALUE} while it is in service
 */
public record KnownKey(String publicKey, KeyRole role, String holder, List<Slot> slots, long from, long until) {
    public KnownKey {
        slots = List.copyOf(slots);
    }

    public byte[] spki() {
        return Base64.getDecoder().decode(publicKey);
    }

    /** True if an entry at this index, signed by this key, was logged while the key was in service. */
    public boolean countsAt(long index) {
        return index >= from && index < until;
    }

    public boolean inService() {
        return until == Long.MAX_VALUE;
    }

    /** True if this entry speaks of the same key in the same hands for the same purpose: then the later one holds. */
    boolean replaces(KnownKey earlier) {
        return role == earlier.role() && holder.equals(earlier.holder()) && publicKey.equals(earlier.publicKey());
    }

    KnownKey retiredAt(long index) {
        return new KnownKey(publicKey, role, holder, slots, from, index);
    }
}
