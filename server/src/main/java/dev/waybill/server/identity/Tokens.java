package dev.waybill.server.identity;

import dev.waybill.core.name.ActorName;
import dev.waybill.core.name.Digest;
import dev.waybill.core.problem.Problem;
import dev.waybill.server.db.Database;
import dev.waybill.server.db.Remembered;
import dev.waybill.server.db.Tx;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Makes, finds, revokes and spends tokens. */
public final class Tokens {
    /** So that a scanner of repositories recognises a token that leaked. */
    public static final String PREFIX = "wbt_";

    /** Ten years: whoever wants longer wants a token without an end, and says so by leaving it out. */
    public static final Duration LONGEST = Duration.ofDays(3650);

    /** Tokens in use between two writes. */
    private static final int REMEMBERED = 1000;

    /** As many as accounts have buckets of requests. */
    private static final int FAMILIAR = 10_000;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Database database;
    private final TokenStore store;
    private final Clock clock;
    private final Remembered<String, Token> bySecret;
    private final Remembered<String, Token> byId;

    /** Hashes that were somebody's when they were last asked for, over any number of writes; no right comes of it. */
    private final Set<String> familiar = ConcurrentHashMap.newKeySet();

    public Tokens(Database database, Clock clock) {
        this.database = database;
        this.store = new SqlTokenStore();
        this.clock = clock;
        this.bySecret = new Remembered<>(database, REMEMBERED);
        this.byId = new Remembered<>(database, REMEMBERED);
    }

    /** A new token; its text is shown once and not kept. */
    public record Made(Token token, String text) {}

    /** What a token shall be. */
    public record Wish(
            Actor actor, boolean oneTime, @Nullable Duration life) {}

    /** How long a token of this many seconds lives; {@code TOKEN_LIFE_INVALID} unless it is between 1 and {@link #LONGEST}. */
    public static Duration life(long seconds) {
        if (seconds < 1 || seconds > LONGEST.toSeconds()) {
            throw new Problem.Malformed(
                            "TOKEN_LIFE_INVALID",
                            "Reading lifeSeconds of a new token",
                            seconds + " is not between 1 and " + LONGEST.toSeconds() + " (" + LONGEST.toDays()
                                    + " days).",
                            "Give a number of seconds in between, or leave it out for a token that lives until it is"
                                    + " revoked.")
                    .exception();
        }
        return Duration.ofSeconds(seconds);
    }

    public Made make(Wish wish) {
        return make(wish, tx -> {});
    }

    /** As {@link #make(Wish)}, with something that is done in the same transaction or not at all. */
    public Made make(Wish wish, Consumer<Tx> with) {
        Made made = prepare(wish);
        database.change(tx -> {
            with.accept(tx);
            keep(tx, made);
        });
        return made;
    }

    /** A token that nobody can use yet: for rooms that give it in a transaction of their own, with {@link #keep}. */
    public Made prepare(Wish wish) {
        String text = PREFIX + random(32);
        Instant now = clock.instant();
        Token token = new Token(
                random(9),
                hash(text),
                wish.actor(),
                wish.oneTime(),
                now,
                wish.life() == null ? null : now.plus(wish.life()),
                null);
        return new Made(token, text);
    }

    /** Puts a prepared token into service. */
    public void keep(Tx tx, Made made) {
        store.insert(tx, made.token());
    }

    /** Who holds this token now; one-time tokens are nobody. */
    public Optional<Actor> actor(String text) {
        return find(text).filter(t -> !t.oneTime()).map(Token::actor);
    }

    /** The token in service that this text is; one-time tokens are nobody's. */
    Optional<Token> holder(String text) {
        return find(text).filter(t -> !t.oneTime());
    }

    /** The token in service with this id. */
    Optional<Token> byId(String id) {
        Instant now = clock.instant();
        return byId.get(id, () -> database.read(tx -> store.byId(tx, id, now)))
                .filter(t -> !t.oneTime())
                .filter(t -> isAlive(t, now));
    }

    /** The token that this text was until it was revoked or expired. */
    public Optional<Token> ended(String text) {
        if (!text.startsWith(PREFIX)) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        return database.read(tx -> store.findValid(tx, hash(text), now).isPresent()
                ? Optional.empty()
                : store.find(tx, hash(text)).filter(t -> !t.oneTime()));
    }

    /** Takes every token of an actor out of service, one-time tokens too. */
    public void revokeAll(Tx tx, ActorName of, Instant at) {
        store.all(tx).stream()
                .filter(t -> t.revokedAt() == null && t.actor().name().equals(of))
                .forEach(t -> store.revoke(tx, t.id(), at));
    }

    /** Uses up a one-time token inside the transaction that gives what it buys; {@code TOKEN_SPENT} if it is none. */
    public Actor spend(Tx tx, String text) {
        Instant now = clock.instant();
        return store.findValid(tx, hash(text), now)
                .filter(Token::oneTime)
                .filter(t -> store.spend(tx, t.id(), now))
                .map(Token::actor)
                .orElseThrow(() -> new Problem.Unauthenticated(
                                "TOKEN_SPENT",
                                "Using a one-time token",
                                "it is unknown, expired or was used before.",
                                "Ask an admin for a new one.")
                        .exception());
    }

    /** Whose one-time token this is, while it can be spent. */
    public Optional<Actor> unspent(Tx tx, String text) {
        return store.findValid(tx, hash(text), clock.instant())
                .filter(Token::oneTime)
                .map(Token::actor);
    }

    public List<Token> all() {
        return database.read(store::all);
    }

    public void revoke(String id) {
        Instant now = clock.instant();
        if (!database.write(tx -> store.revoke(tx, id, now))) {
            throw new Problem.NotFound(
                            "TOKEN_UNKNOWN",
                            "Revoking the token " + id,
                            "there is none of that id in service.",
                            "List the tokens to see their ids.")
                    .exception();
        }
    }

    /** On the first start only: the admin's one token, if no token exists yet. */
    public Optional<Made> firstAdmin() {
        if (database.read(store::any)) {
            return Optional.empty();
        }
        Actor admin = new Actor(new ActorName("admin"), Set.of(), List.of(Grant.everywhere(Role.ADMIN)));
        return Optional.of(make(new Wish(admin, false, null)));
    }

    private Optional<Token> find(String text) {
        if (!text.startsWith(PREFIX)) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        String hash = hash(text);
        Optional<Token> found = bySecret.get(hash, () -> database.read(tx -> store.findValid(tx, hash, now)))
                .filter(t -> isAlive(t, now));
        if (found.isEmpty()) {
            familiar.remove(hash);
        } else if (familiar.size() < FAMILIAR || familiar.contains(hash)) {
            familiar.add(hash);
        } else {
            familiar.clear();
        }
        return found;
    }

    /** True if this text may be a token and was none when it was last shown, or was not shown since the server started. */
    public boolean isStrange(String text) {
        return text.startsWith(PREFIX) && !familiar.contains(hash(text));
    }

    /** A token ends by itself, without any write. */
    private static boolean isAlive(Token token, Instant now) {
        return token.expiresAt() == null || token.expiresAt().isAfter(now);
    }

    private static String hash(String text) {
        return Digest.sha256(text.getBytes(StandardCharsets.UTF_8)).hex();
    }

    static String random(int bytes) {
        byte[] raw = new byte[bytes];
        RANDOM.nextBytes(raw);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(raw);
    }
}
