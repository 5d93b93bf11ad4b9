package dev.waybill.api.client;

import dev.waybill.core.name.Digest;
import java.time.Duration;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The ledger: checkpoint, tiles, statements and whom to trust. */
public record LedgerCalls(Connection connection) {
    /** About a millisecond for each entry. */
    private static final Duration WHOLE_LEDGER = Duration.ofMinutes(30);

    /** The signed note, as published (C2SP tlog-checkpoint). */
    public byte[] checkpoint() {
        return connection.bytes("/ledger/checkpoint");
    }

    /** @param path below {@code /ledger/}, such as {@code tile/0/000} */
    public byte[] tile(String path) {
        return connection.bytes("/ledger/" + path);
    }

    /** The statement's sigstore bundle, byte for byte. */
    public byte[] bundle(Digest statement) {
        return connection.bytes(Paths.at("/api/v1/statements").with(statement).toString());
    }

    /** The server's keys by role, its log key and origin; pinned at login. */
    public byte[] trust() {
        return connection.bytes("/api/v1/ledger/trust");
    }

    /** {@code {size, entries: [{index, id, at, predicateType, statement}]}}, the entries after that index; -1 begins at the start. */
    public JsonNode entries(long after, int limit) {
        String path = Paths.at("/api/v1/ledger/entries")
                .query("after", after)
                .query("limit", limit)
                .toString();
        return connection.get(path, JsonNode.class);
    }

    /** Asks the server to check rows against statements, every entry of the ledger; a finding is part of the answer. */
    public JsonNode verify() {
        return connection.send("POST", "/api/v1/ledger/verify", Map.of(), JsonNode.class, WHOLE_LEDGER);
    }
}
