package dev.waybill.server.ui;

import dev.waybill.server.http.Call;
import dev.waybill.server.http.Permit;
import dev.waybill.server.http.Routes;
import dev.waybill.server.identity.Tokens;
import dev.waybill.server.page.Page;
import dev.waybill.server.page.Visit;
import java.io.IOException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Turns a token into the pages' cookie and back into nothing. The cookie holds the token: taking the token away ends it. */
public final class LoginHandler {
    /** A path on this server: one slash, then nothing that a browser would read as another host. */
    private static final Pattern OWN_PATH = Pattern.compile("/(?![/\\\\])[\\x21-\\x7e&&[^\\\\]]*");

    private final Tokens tokens;
    private final boolean behindProxy;
    private final Visit visit;

    /** @param behindProxy true when a trusted proxy ends TLS, so that the cookie is for https only */
    LoginHandler(Tokens tokens, boolean behindProxy, Visit visit) {
        this.tokens = tokens;
        this.behindProxy = behindProxy;
        this.visit = visit;
    }

    void addTo(Routes routes) {
        routes.get(
                        "/login",
                        Permit.anyone(),
                        call -> show(call, 200, own(call.query("next", n -> n).orElse("/")), null))
                .post("/login", Permit.anyone(), this::logIn)
                .post("/logout", Permit.anyone(), this::logOut);
    }

    static String own(String next) {
        return OWN_PATH.matcher(next).matches() ? next : "/";
    }

    private void show(Call call, int status, String next, @Nullable String refusal) throws IOException {
        byte[] page = Page.of("login", visit.frame(call, "Log in"))
                .with("next", next)
                .with("refusal", refusal)
                .bytes();
        call.header("Cache-Control", "no-store");
        Page.send(call, status, "text/html; charset=utf-8", page);
    }

    /** Another site must not log its visitor in here under its own token. */
    private static boolean fromElsewhere(Call call) {
        String host = call.header("Host").orElse("");
        return call.header("Origin")
                .map(origin -> origin.replaceFirst("^https?://", ""))
                .filter(origin -> !origin.equals(host))
                .isPresent();
    }

    private void logIn(Call call) throws IOException {
        Form form = Form.of(call);
        String next = own(form.find("next").orElse("/"));
        String token = form.find("token").orElse("");
        if (fromElsewhere(call)) {
            show(call, 403, "/", "The form was sent from another site. Log in here.");
        } else if (tokens.actor(token).isEmpty()) {
            show(call, 401, next, "This token is unknown, expired or revoked. Check it, or ask an admin for another.");
        } else {
            cookie(call, token, "");
            call.seeOther(next);
        }
    }

    private void logOut(Call call) {
        if (!fromElsewhere(call)) {
            cookie(call, "", "; Max-Age=0");
        }
        call.seeOther("/login");
    }

    /** RFC 6265bis. Tokens have no character that a cookie cannot carry. */
    private void cookie(Call call, String value, String life) {
        String secure = behindProxy ? "; Secure" : "";
        call.header("Set-Cookie", "waybill=" + value + "; Path=/; HttpOnly; SameSite=Strict" + secure + life);
    }
}
