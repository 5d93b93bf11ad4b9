package dev.waybill.server.http;

import dev.waybill.core.problem.Problem;
import dev.waybill.server.identity.AccessTokens;
import dev.waybill.server.identity.Caller;
import dev.waybill.server.identity.Role;
import dev.waybill.server.identity.Tokens;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the token of a request: {@code Authorization: Bearer}, Basic with the token as password (registry clients), or the
 * pages' cookie. A cookie counts for a change only when the request comes from our own pages, by {@code Origin} (CSRF).
 */
public final class Credentials {
    static final String COOKIE = "waybill";

    private final Tokens tokens;
    private final AccessTokens access;

    public Credentials(Tokens tokens, AccessTokens access) {
        this.tokens = tokens;
        this.access = access;
    }

    /** Registry clients may show short tokens, or nothing where something is open to everybody; the rest of the API knows neither. */
    @Nullable
    Caller caller(Context context) {
        Optional<String> text = text(context);
        boolean registry = context.path().startsWith("/v2");
        if (text.isEmpty()) {
            return registry && context.header("Authorization") == null
                    ? access.everybody().orElse(null)
                    : null;
        }
        return text.flatMap(t -> AccessTokens.areOf(t) ? access.caller(t).filter(caller -> registry) : access.holder(t))
                .orElse(null);
    }

    /** True if only the database knows whether there is such a token. */
    boolean areStrange(Context context) {
        return text(context).filter(tokens::isStrange).isPresent();
    }

    /** Says of a token that was somebody's what became of it: whoever sends it had it, so this tells nobody anything. */
    void refuseEnded(Context context) {
        text(context).flatMap(tokens::ended).ifPresent(token -> {
            boolean agent = token.actor().grants().stream().allMatch(g -> g.role() == Role.AGENT);
            throw new Problem.Unauthenticated(
                            "TOKEN_REVOKED",
                            "Finding out who is asking",
                            "the token of " + token.actor().name()
                                    + (token.revokedAt() == null
                                            ? " expired at " + token.expiresAt() + "."
                                            : " was revoked at " + token.revokedAt() + "."),
                            agent
                                    ? "If this agent shall go on, ask an admin for an invitation, move its `directory`"
                                            + " away if it was retired, and enrol again: `waybill agent enrol`."
                                    : "Ask an admin for a new one, then `waybill login URL --token T`.")
                    .exception();
        });
    }

    private static Optional<String> text(Context context) {
        String header = context.header("Authorization");
        if (header == null) {
            return sameOrigin(context) ? Optional.ofNullable(context.cookie(COOKIE)) : Optional.empty();
        }
        return token(header);
    }

    /** The token in an Authorization header (RFC 6750, RFC 7617); empty for other schemes and for what is none. */
    static Optional<String> token(String header) {
        if (header.regionMatches(true, 0, "Bearer ", 0, 7)) {
            return Optional.of(header.substring(7).strip());
        }
        return header.regionMatches(true, 0, "Basic ", 0, 6)
                ? password(header.substring(6).strip())
                : Optional.empty();
    }

    private static Optional<String> password(String base64) {
        try {
            String pair = new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            return colon < 0 ? Optional.empty() : Optional.of(pair.substring(colon + 1));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static boolean sameOrigin(Context context) {
        String method = context.req().getMethod();
        if (method.equals("GET") || method.equals("HEAD")) {
            return true;
        }
        String origin = context.header("Origin");
        return origin != null && origin.replaceFirst("^https?://", "").equals(context.header("Host"));
    }
}
