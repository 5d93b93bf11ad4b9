package dev.waybill.server.http;

import dev.waybill.server.identity.AccessTokens;
import dev.waybill.server.identity.Tokens;
import java.time.Clock;
import java.util.List;

/** Credentials of a server on which nothing is open to everybody. */
public final class TestCredentials {
    private TestCredentials() {}

    public static Credentials of(Tokens tokens) {
        return new Credentials(tokens, new AccessTokens(tokens, Clock.systemUTC(), "test.example", List.of()));
    }
}
