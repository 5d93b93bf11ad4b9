package dev.waybill.cli.access;

import dev.waybill.cli.Exit;
import dev.waybill.cli.Session;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code waybill token revoke}. */
@Command(name = "revoke", description = "End a token now.")
@SuppressWarnings("NullAway.Init")
public final class TokenRevokeCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "ID", description = "As `waybill token list` shows it.")
    private String id;

    public TokenRevokeCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        session.client().identity().revokeToken(id);
        session.answer(Map.of("revoked", id), () -> "");
        session.closing("Token " + id + " opens nothing any more.", "waybill token list");
        return Exit.DONE;
    }
}
