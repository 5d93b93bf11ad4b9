package dev.waybill.core.policy;

import dev.waybill.core.name.ActorName;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.Slot;
import java.time.Instant;
import java.util.List;

/**
 * Somebody asks to bring an artifact into a slot.
 *
 * @param promotion the promotion's id; empty when somebody only wants to know, and then no approval counts
 * @param emails those that the requester's token declares
 */
public record Request(String promotion, Slot slot, Digest artifact, ActorName by, List<String> emails, Instant at) {
    public Request {
        emails = List.copyOf(emails);
    }
}
