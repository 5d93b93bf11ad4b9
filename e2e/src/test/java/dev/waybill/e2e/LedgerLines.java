package dev.waybill.e2e;

import dev.waybill.api.client.WaybillClient;
import dev.waybill.core.name.Digest;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What the ledger says, read from a server by an API client. */
record LedgerLines(ServerProcess server) {
    private static final int PAGE = 200;

    /** @param id sha256 of the statement's payload */
    record Line(Digest id, String type, JsonNode statement) {
        JsonNode predicate() {
            return statement.path("predicate");
        }
    }

    WaybillClient client() {
        return WaybillClient.to(URI.create(server.url()), server.adminToken());
    }

    /** In the order of the ledger. */
    List<Line> lines() {
        List<Line> all = new ArrayList<>();
        WaybillClient client = client();
        long after = -1;
        while (true) {
            JsonNode entries = client.ledger().entries(after, PAGE).path("entries");
            if (entries.isEmpty()) {
                return all;
            }
            for (JsonNode entry : entries) {
                after = entry.path("index").asLong();
                all.add(new Line(
                        Digest.sha256Hex(entry.path("id").asString()),
                        entry.path("predicateType").asString(),
                        entry.path("statement")));
            }
        }
    }

    List<Line> lines(String type) {
        return lines().stream().filter(l -> l.type().equals(type)).toList();
    }

    /** All of a type, after {@link #requireChain}. */
    List<Line> chain(String type) {
        return requireChain(lines(type));
    }

    /** Fails when one is missing from a chain that says number and hash of the one before, or is there twice. */
    static List<Line> requireChain(List<Line> lines) {
        Optional<Digest> before = Optional.empty();
        for (int i = 0; i < lines.size(); i++) {
            JsonNode said = lines.get(i).predicate();
            String previous = before.map(Digest::toString).orElse("");
            if (said.path("number").asLong() != i + 1
                    || !said.path("previous").asString("").equals(previous)) {
                throw new AssertionError("number " + (i + 1) + " after " + previous + " is missing before " + said);
            }
            before = Optional.of(lines.get(i).id());
        }
        return lines;
    }
}
