package dev.waybill.server.agent;

import dev.waybill.core.name.AgentName;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.Slot;
import java.time.Instant;
import java.util.List;

/**
 * An enrolled agent.
 *
 * @param publicKey SubjectPublicKeyInfo, DER, base64
 * @param statement the key statement that enrolled it last
 * @param since the ledger entry that enrolled this key first: what was said under the name before was another agent's word
 */
public record AgentRow(
        AgentName name, String publicKey, List<Slot> slots, Digest statement, Instant enrolledAt, long since) {
    public AgentRow {
        slots = List.copyOf(slots);
    }
}
