package dev.waybill.server.distribution;

import dev.waybill.core.problem.Problem;
import dev.waybill.server.http.Call;
import dev.waybill.server.http.Permit;
import dev.waybill.server.http.Routes;
import dev.waybill.server.identity.AccessTokens;
import dev.waybill.server.identity.Caller;
import dev.waybill.server.identity.RegistryScope;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Where registry clients get short tokens (distribution, "Token Authentication Specification" and "OAuth2 Token
 * Authentication"): GET with Basic and the token of this server as the password, or POST with {@code grant_type=password}.
 * Refresh tokens are not given: what a client logged in with serves as one.
 */
public final class TokenHandler {
    /** A form with the scopes of many repositories. */
    private static final int LONGEST_FORM = 64 * 1024;

    private final AccessTokens access;

    public TokenHandler(AccessTokens access) {
        this.access = access;
    }

    public void addTo(Routes routes) {
        routes.get(Challenges.PATH, Permit.anyone(), this::get).post(Challenges.PATH, Permit.anyone(), this::post);
    }

    private void get(Call call) {
        Query query = Query.parse(call.context().req().getQueryString());
        // Whoever shows something wrong is not served as nobody: they would wonder why they cannot push.
        Optional<Caller> caller = call.header("Authorization").isPresent() ? call.caller() : access.everybody();
        answer(call, query, caller);
    }

    private void post(Call call) throws IOException {
        Query form = Query.parse(new String(call.bytes(LONGEST_FORM), StandardCharsets.UTF_8));
        String grant = form.one("grant_type").orElse("");
        if (!grant.equals("password")) {
            throw new Problem.Malformed(
                            "GRANT_TYPE_UNSUPPORTED",
                            "Reading a request for an access token",
                            "grant_type is '" + grant.substring(0, Math.min(40, grant.length())) + "'.",
                            "Use grant_type=password, or GET with Basic credentials.")
                    .exception();
        }
        answer(call, form, form.one("password").flatMap(access::holder));
    }

    private void answer(Call call, Query query, Optional<Caller> caller) {
        query.one("service")
                .filter(s -> !s.isEmpty() && !s.equals(access.service()))
                .ifPresent(s -> {
                    throw new Problem.Malformed(
                                    "SERVICE_UNKNOWN",
                                    "Making an access token",
                                    "service names another server than this one, " + access.service() + ".",
                                    "Ask with the service that stands in WWW-Authenticate.")
                            .exception();
                });
        List<RegistryScope> scopes = query.all("scope").stream()
                .flatMap(s -> RegistryScope.parse(s).stream())
                .toList();
        call.header("Cache-Control", "no-store");
        call.json(access.issue(caller.orElseThrow(Admission::unknown), scopes));
    }
}
