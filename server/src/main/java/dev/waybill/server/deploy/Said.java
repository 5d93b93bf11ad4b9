package dev.waybill.server.deploy;

import dev.waybill.core.name.AgentName;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.Slot;

/** Where a deployment or observation of one target stands: its number in the target's chain, and its entry in the ledger. */
public record Said(AgentName agent, String target, long number, Slot slot, Digest statement, long index) {}
