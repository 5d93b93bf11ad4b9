package dev.waybill.server.http;

import dev.waybill.api.identity.GrantBody;
import dev.waybill.api.identity.TokenInfo;
import dev.waybill.api.identity.TokenMade;
import dev.waybill.api.identity.TokenRequest;
import dev.waybill.api.identity.WhoAmI;
import dev.waybill.core.name.ActorName;
import dev.waybill.core.name.EnvironmentName;
import dev.waybill.core.problem.Problem;
import dev.waybill.server.db.Tx;
import dev.waybill.server.identity.Actor;
import dev.waybill.server.identity.Caller;
import dev.waybill.server.identity.Grant;
import dev.waybill.server.identity.Permission;
import dev.waybill.server.identity.PullLimits;
import dev.waybill.server.identity.Role;
import dev.waybill.server.identity.Token;
import dev.waybill.server.identity.Tokens;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.function.Consumer;

/** Tokens over HTTP. */
public final class TokensHandler {
    private final Tokens tokens;
    private final PullLimits limits;

    public TokensHandler(Tokens tokens, PullLimits limits) {
        this.tokens = tokens;
        this.limits = limits;
    }

    public void addTo(Routes routes) {
        routes.get("/api/v1/whoami", Permit.needScopedByHandler(Permission.READ), this::whoAmI)
                .get("/api/v1/tokens", Permit.need(Permission.ADMINISTER), this::list)
                .post("/api/v1/tokens", Permit.need(Permission.ADMINISTER), this::make)
                .delete("/api/v1/tokens/{id}", Permit.need(Permission.ADMINISTER), this::revoke);
    }

    private void whoAmI(Call call) {
        Actor actor = call.someone();
        call.json(new WhoAmI(actor.name(), sorted(actor), grants(actor)));
    }

    private void list(Call call) {
        call.json(tokens.all().stream().map(TokensHandler::info).toList());
    }

    private void make(Call call) throws IOException {
        TokenRequest request = call.body(TokenRequest.class);
        List<Grant> grants = request.grants().stream()
                .map(g -> new Grant(Role.parse(g.role()), g.application(), g.environment()))
                .toList();
        if (request.actor().equals(Caller.NOBODY)) {
            throw reserved(request.actor());
        }
        if (grants.stream().anyMatch(grant -> grant.role() == Role.AGENT)) {
            throw byEnrolment(request.actor());
        }
        Actor actor = new Actor(request.actor(), new HashSet<>(request.emails()), grants);
        Duration life = request.lifeSeconds() == null ? null : Tokens.life(request.lifeSeconds());
        EnvironmentName pullOnly = request.pullOnly();
        Consumer<Tx> limit = pullOnly == null
                ? tx -> {}
                : limits.limit(actor.name(), pullOnly, call.someone().name());
        Tokens.Made made = tokens.make(new Tokens.Wish(actor, false, life), limit);
        call.json(201, new TokenMade(made.token().id(), actor.name(), made.text()));
    }

    private static RuntimeException reserved(ActorName name) {
        return new Problem.Malformed(
                        "ACTOR_NAME_RESERVED",
                        "Making a token for " + name,
                        "this is the name of everybody who shows no token.",
                        "Choose another name.")
                .exception();
    }

    /** Whoever shows an agent's token gets the secrets of its slots: that somebody may is in the ledger, with their key. */
    private static RuntimeException byEnrolment(ActorName name) {
        return new Problem.Refused(
                        "ROLE_BY_ENROLMENT",
                        "Making a token for " + name,
                        "an agent gets its token when it enrols with its own key, which the ledger then names.",
                        "Invite it: `waybill agent invite NAME --slot ENV/APP`, then `waybill agent enrol` on its host.")
                .exception();
    }

    private void revoke(Call call) {
        tokens.revoke(call.path("id", id -> id));
        call.noContent();
    }

    private static TokenInfo info(Token token) {
        return new TokenInfo(
                token.id(),
                token.actor().name(),
                sorted(token.actor()),
                grants(token.actor()),
                token.oneTime(),
                token.createdAt(),
                token.expiresAt(),
                token.revokedAt());
    }

    private static List<String> sorted(Actor actor) {
        return actor.emails().stream().sorted().toList();
    }

    private static List<GrantBody> grants(Actor actor) {
        return actor.grants().stream()
                .map(g -> new GrantBody(g.role().label(), g.application(), g.environment()))
                .toList();
    }
}
