package dev.waybill.cli.access;

import dev.waybill.cli.home.Home;
import dev.waybill.core.problem.Problem;
import dev.waybill.core.verify.TrustRoot;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;

/**
 * Compares keys that a server shows now with those pinned before. Keys come and go; the ledger's origin never changes, and a
 * key of its log that was pinned stays in the list, for it verifies older checkpoints.
 */
public final class Pins {
    private Pins() {}

    public static void check(Home home, URI server, byte[] shown, boolean replace) throws IOException {
        TrustRoot now = TrustRoot.read(shown);
        Optional<byte[]> pinned = home.trust(server);
        if (replace || pinned.isEmpty()) {
            return;
        }
        TrustRoot before = TrustRoot.read(pinned.get());
        boolean kept = before.logs().stream()
                .allMatch(log -> now.logs().stream().anyMatch(l -> l.key().equals(log.key())));
        if (!kept || !before.origin().equals(now.origin())) {
            throw new Problem.Refused(
                            "TRUST_CHANGED",
                            "Pinning the keys of " + server,
                            "its ledger is not the one that was pinned before (" + before.origin()
                                    + "): it is another ledger, or somebody stands between.",
                            "Ask the server's administrator. If a new ledger was set up on purpose, log in with --replace-trust.")
                    .exception();
        }
    }
}
