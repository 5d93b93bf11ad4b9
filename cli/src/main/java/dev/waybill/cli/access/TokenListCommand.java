package dev.waybill.cli.access;

import dev.waybill.api.identity.TokenInfo;
import dev.waybill.cli.Exit;
import dev.waybill.cli.Session;
import dev.waybill.cli.terminal.Table;
import dev.waybill.core.text.Count;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code waybill token list}. */
@Command(name = "list", description = "List tokens, without their text.")
public final class TokenListCommand implements Callable<Integer> {
    private final Session session;

    public TokenListCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        List<TokenInfo> tokens = session.client().identity().tokens();
        session.answer(tokens, () -> {
            Table table = new Table(session.style(), "ID", "ACTOR", "ROLES", "MADE", "STATE");
            for (TokenInfo token : tokens) {
                table.row(
                        token.id(),
                        token.actor(),
                        Grants.words(token.grants()),
                        session.terminal().age(token.createdAt()),
                        state(token));
            }
            return table.toString();
        });
        session.closing(Count.of(tokens.size(), "token") + ".", "waybill token revoke ID");
        return Exit.DONE;
    }

    private String state(TokenInfo token) {
        if (token.revokedAt() != null) {
            return "revoked " + session.terminal().age(token.revokedAt());
        }
        if (token.expiresAt() != null
                && token.expiresAt().isBefore(session.terminal().clock().instant())) {
            return "expired";
        }
        return token.oneTime() ? "one-time" : "valid";
    }
}
