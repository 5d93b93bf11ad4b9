package dev.waybill.server.identity;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.waybill.core.json.Json;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Short tokens of registry clients (distribution, "Token Authentication Specification"): JWTs under a key that this process
 * alone has and that ends with it; clients ask again on the 401 that follows. Such a token narrows what its owner may do and
 * never widens it: rights are read anew with every request, so a revoked token and a right taken away end it at once.
 */
public final class AccessTokens {
    /** No client may be given less than 60 s. */
    public static final Duration LIFE = Duration.ofMinutes(5);

    /** More than any client asks for at once. */
    private static final int MOST_SCOPES = 100;

    /** A token with this many scopes of the longest names, and no more is read. */
    private static final int LONGEST = 64 * 1024;

    private static final String HEADER = encode("{\"alg\":\"HS256\",\"typ\":\"JWT\"}".getBytes(StandardCharsets.UTF_8));

    private final Tokens tokens;
    private final Clock clock;
    private final String service;
    private final List<Grant> everybody;
    private final SecretKeySpec key;

    /**
     * @param service this server's name; tokens hold for it alone
     * @param everybody what may be read without a token
     */
    public AccessTokens(Tokens tokens, Clock clock, String service, List<ApplicationName> everybody) {
        this.tokens = tokens;
        this.clock = clock;
        this.service = service;
        this.everybody = everybody.stream()
                .map(name -> new Grant(Role.VIEWER, name, null))
                .toList();
        byte[] secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        this.key = new SecretKeySpec(secret, "HmacSHA256");
    }

    record Access(String type, String name, List<String> actions) {}

    /** RFC 7519, 4.1, and the claim {@code access} of the token specification; {@code source} is the id of the token behind it. */
    record Claims(
            String iss,
            String sub,
            String aud,
            long exp,
            long nbf,
            long iat,
            String jti,
            @Nullable String source,
            List<Access> access) {}

    /** An answer of the token endpoint; both names of the token, because clients read one or the other. */
    public record Issued(
            String token,
            @JsonProperty("access_token") String accessToken,
            @JsonProperty("expires_in") long expiresIn,
            @JsonProperty("issued_at") Instant issuedAt,
            String scope) {}

    public String service() {
        return service;
    }

    /** Who stands behind a secret that is shown as a password. */
    public Optional<Caller> holder(String secret) {
        return tokens.holder(secret).map(token -> new Caller(token.actor(), token.id(), null));
    }

    /** Whoever shows nothing; empty where nothing is open to everybody. */
    public Optional<Caller> everybody() {
        return everybody.isEmpty() ? Optional.empty() : Optional.of(Caller.nobody(everybody));
    }

    /** A token for what of the asked scopes its owner may do: asking for more than that is no error. */
    public Issued issue(Caller owner, List<RegistryScope> asked) {
        List<RegistryScope> given = asked.stream()
                .limit(MOST_SCOPES)
                .map(scope -> scope.within(owner.actor()))
                .filter(scope -> !scope.actions().isEmpty())
                .toList();
        Instant now = clock.instant();
        Claims claims = new Claims(
                service,
                owner.token() == null ? "" : owner.actor().name().value(),
                service,
                now.plus(LIFE).getEpochSecond(),
                now.getEpochSecond(),
                now.getEpochSecond(),
                Tokens.random(9),
                owner.token(),
                given.stream().map(AccessTokens::access).toList());
        String signed = HEADER + "." + encode(Json.write(claims));
        String text = signed + "." + encode(mac(signed));
        return new Issued(
                text,
                text,
                LIFE.toSeconds(),
                now,
                given.stream().map(RegistryScope::toString).collect(Collectors.joining(" ")));
    }

    /** Who sends such a token; empty unless it is ours, in time, and its owner's own token is still in service. */
    public Optional<Caller> caller(String text) {
        return claims(text).flatMap(claims -> {
            List<RegistryScope> limits =
                    claims.access().stream().map(AccessTokens::scope).toList();
            return claims.source() == null
                    ? everybody().map(caller -> new Caller(caller.actor(), null, limits))
                    : tokens.byId(claims.source()).map(token -> new Caller(token.actor(), token.id(), limits));
        });
    }

    /** True if this text is such a token, be it good or not. */
    public static boolean areOf(String text) {
        return text.startsWith(HEADER + ".");
    }

    /** The header is compared, not read: a token has no say in how it is checked (CVE class "alg none", embedded keys). */
    private Optional<Claims> claims(String text) {
        int end = text.lastIndexOf('.');
        if (text.length() > LONGEST || !areOf(text) || end <= HEADER.length()) {
            return Optional.empty();
        }
        try {
            byte[] sent = Base64.getUrlDecoder().decode(text.substring(end + 1));
            if (!MessageDigest.isEqual(sent, mac(text.substring(0, end)))) {
                return Optional.empty();
            }
            byte[] body = Base64.getUrlDecoder().decode(text.substring(HEADER.length() + 1, end));
            Claims claims = Json.read(body, Claims.class);
            long now = clock.instant().getEpochSecond();
            return claims.aud().equals(service) && claims.nbf() <= now && now < claims.exp()
                    ? Optional.of(claims)
                    : Optional.empty();
        } catch (IllegalArgumentException | ProblemException e) {
            return Optional.empty();
        }
    }

    private static Access access(RegistryScope scope) {
        return scope.repository() == null
                ? new Access("registry", "catalog", List.of("*"))
                : new Access("repository", scope.repository().value(), labels(scope));
    }

    private static RegistryScope scope(Access access) {
        if (access.type().equals("registry")) {
            return RegistryScope.CATALOG;
        }
        Set<RegistryAction> actions = EnumSet.noneOf(RegistryAction.class);
        access.actions().forEach(label -> RegistryAction.parse(label).ifPresent(actions::add));
        return new RegistryScope(new ApplicationName(access.name()), actions);
    }

    private static List<String> labels(RegistryScope scope) {
        return Arrays.stream(RegistryAction.values())
                .filter(scope.actions()::contains)
                .map(RegistryAction::label)
                .toList();
    }

    private byte[] mac(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return mac.doFinal(text.getBytes(StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has HmacSHA256", e);
        }
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
