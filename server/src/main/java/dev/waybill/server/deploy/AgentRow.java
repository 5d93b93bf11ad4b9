package dev.waybill.server.deploy;

import dev.waybill.core.name.AgentName;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.Slot;
import java.time.Instant;
import java.util.List;

/**
 * An enrolled agent.
 *
 * @param publicKey SubjectPublicKeyInfo, DER, base64
 * @param statement the key statement that enrolled it
 */
public record AgentRow(AgentName name, String publicKey, List<Slot> slots, Digest statement, Instant enrolledAt) {
    public AgentRow {
        slots = List.copyOf(slots);
    }
}
