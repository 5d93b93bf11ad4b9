package dev.waybill.cli.access;

import dev.waybill.cli.home.Home;
import dev.waybill.core.json.Json;
import dev.waybill.core.problem.Problem;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Compares keys that a server shows now with those pinned before. Keys of agents come and go; the ledger's origin and the
 * log's own key never change by themselves, and another one means another ledger.
 */
final class Pins {
    private Pins() {}

    static void check(Home home, URI server, byte[] shown, boolean replace) throws IOException {
        Optional<byte[]> pinned = home.trust(server);
        if (replace || pinned.isEmpty()) {
            return;
        }
        JsonNode before = Json.parse(pinned.get());
        JsonNode now = Json.parse(shown);
        for (String member : List.of("origin", "logKey", "log")) {
            if (!before.path(member).equals(now.path(member))) {
                throw new Problem.Refused(
                                "TRUST_CHANGED",
                                "Pinning the keys of " + server,
                                "its ledger's `" + member
                                        + "` is not the one that was pinned before: it is another ledger,"
                                        + " or somebody stands between.",
                                "Ask the server's administrator. If a new ledger was set up on purpose, log in with --replace-trust.")
                        .exception();
            }
        }
    }
}
