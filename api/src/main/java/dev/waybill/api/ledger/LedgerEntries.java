package dev.waybill.api.ledger;

import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Entries after an index, oldest first; {@code size} is how many there are in all. */
public record LedgerEntries(long size, List<Entry> entries) {
    /** @param id sha256 of the statement's payload, hex */
    public record Entry(long index, String id, Instant at, String predicateType, JsonNode statement) {}
}
