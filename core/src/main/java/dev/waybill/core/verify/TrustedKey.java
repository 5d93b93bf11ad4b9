package dev.waybill.core.verify;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.waybill.core.name.Slot;
import dev.waybill.core.statement.KeyRole;
import dev.waybill.core.statement.PublicKeys;
import dev.waybill.core.statement.Signed;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A key that may make statements.
 *
 * @param holder {@code server}, or {@code agent/<name>}
 * @param publicKey SubjectPublicKeyInfo, DER, base64
 * @param slots where an agent's key may speak; empty for the server's own keys
 * @param ids the {@code builder.id} or {@code verifier.id} values that it may state; empty when it states none or any
 * @param validity which ledger positions its statements may have
 */
public record TrustedKey(
        KeyRole role, String holder, String publicKey, List<Slot> slots, List<String> ids, Validity validity) {

    /** @param until the first position that is too late, null while the key is in use */
    public record Validity(long from, @Nullable Long until) {
        public static final Validity ALWAYS = new Validity(0, null);

        boolean covers(long position) {
            return position >= from && (until == null || position < until);
        }

        /** True if a change at this position comes after all that is said here. */
        boolean isBefore(long position) {
            return from < position && (until == null || until <= position);
        }
    }

    public TrustedKey {
        slots = List.copyOf(slots);
        ids = List.copyOf(ids);
        PublicKeys.require(Base64.getDecoder().decode(publicKey));
    }

    public static TrustedKey server(KeyRole role, byte[] spki) {
        String key = Base64.getEncoder().encodeToString(spki);
        return new TrustedKey(role, "server", key, List.of(), List.of(), Validity.ALWAYS);
    }

    public TrustedKey valid(Validity when) {
        return new TrustedKey(role, holder, publicKey, slots, ids, when);
    }

    /** The same until this position, if it is valid there. */
    TrustedKey endedAt(long position) {
        return validity.covers(position) ? valid(new Validity(validity.from(), position)) : this;
    }

    /** True for another entry about the same pair of keys in the same hands for the same purpose. */
    boolean isSameAs(TrustedKey other) {
        return role == other.role() && holder.equals(other.holder()) && publicKey.equals(other.publicKey());
    }

    public byte[] spki() {
        return Base64.getDecoder().decode(publicKey);
    }

    @JsonIgnore
    public String keyId() {
        return Signed.keyId(spki());
    }
}
