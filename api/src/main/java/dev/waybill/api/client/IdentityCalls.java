package dev.waybill.api.client;

import dev.waybill.api.identity.ServerInfo;
import dev.waybill.api.identity.TokenInfo;
import dev.waybill.api.identity.TokenMade;
import dev.waybill.api.identity.TokenRequest;
import dev.waybill.api.identity.WhoAmI;
import java.util.List;

/** Who answers, who asks, and tokens. */
public record IdentityCalls(Connection connection) {
    private static final String TOKENS = "/api/v1/tokens";

    public ServerInfo server() {
        return connection.get("/api/v1/server", ServerInfo.class);
    }

    public WhoAmI whoAmI() {
        return connection.get("/api/v1/whoami", WhoAmI.class);
    }

    public TokenMade makeToken(TokenRequest request) {
        return connection.send("POST", TOKENS, request, TokenMade.class);
    }

    public List<TokenInfo> tokens() {
        return connection.list(TOKENS, TokenInfo.class);
    }

    public void revokeToken(String id) {
        connection.send("DELETE", Paths.at(TOKENS).with(id).toString(), null);
    }
}
