package dev.waybill.core.predicate;

import dev.waybill.core.name.ActorName;
import dev.waybill.core.name.Slot;
import dev.waybill.core.statement.KeyRole;
import dev.waybill.core.statement.Predicate;
import dev.waybill.core.statement.PredicateTypes;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A key enters or leaves service; its validity follows from ledger positions. Subject: sha256 of the key.
 *
 * @param action {@code added} or {@code retired}
 * @param holder the server, or {@code agent/<name>}
 * @param publicKey SubjectPublicKeyInfo, DER, base64
 * @param slots where an agent's key may speak; empty for the server's own
 * @param by who retired it
 * @param why what they gave as the reason
 */
public record KeyChange(
        String action,
        KeyRole role,
        String holder,
        String publicKey,
        List<Slot> slots,
        Instant at,
        @Nullable ActorName by,
        @Nullable String why)
        implements Predicate {
    /** A key that enters service: why is said by what invited it. */
    public KeyChange(String action, KeyRole role, String holder, String publicKey, List<Slot> slots, Instant at) {
        this(action, role, holder, publicKey, slots, at, null, null);
    }

    @Override
    public String predicateType() {
        return PredicateTypes.KEY;
    }
}
