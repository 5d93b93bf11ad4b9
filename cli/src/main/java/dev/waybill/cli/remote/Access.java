package dev.waybill.cli.remote;

import dev.waybill.core.json.Json;
import dev.waybill.core.problem.Problem;
import dev.waybill.core.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is shown to a registry: nothing until it asks, then a password (Basic) or a short token (Bearer) of the place that it
 * names. Tokens are got only on the registry's own host, where Docker Hub has them, or at a host that was named on
 * the command line: a registry that could name any place would get the password sent anywhere (CVE-2026-33540).
 */
final class Access {
    private static final Duration ANSWER = Duration.ofSeconds(60);

    private final RemoteName name;
    private final Wire wire;
    private final @Nullable Credential credential;
    private final @Nullable String authHost;
    private @Nullable String header;

    Access(RemoteName name, Wire wire, @Nullable Credential credential, @Nullable String authHost) {
        this.name = name;
        this.wire = wire;
        this.credential = credential;
        this.authHost = authHost;
    }

    Optional<String> header() {
        return Optional.ofNullable(header);
    }

    /** After a 401: something else to show; false when there is nothing better. */
    boolean learn(HttpResponse<?> answer) throws IOException {
        Optional<Challenge> asked = Challenge.of(answer.headers().allValues("WWW-Authenticate"));
        String before = header;
        if (asked.isEmpty()) {
            return false;
        }
        if (asked.get().scheme().equals("basic")) {
            header = credential == null ? null : credential.basic();
        } else {
            header = "Bearer " + token(asked.get().parameters());
        }
        return header != null && !header.equals(before);
    }

    private String token(Map<String, String> asked) throws IOException {
        URI realm = realm(asked.getOrDefault("realm", ""));
        String query = "scope=" + encode("repository:" + name.repository() + ":pull")
                + (asked.containsKey("service") ? "&service=" + encode(asked.getOrDefault("service", "")) : "");
        URI place = URI.create(realm + (realm.getRawQuery() == null ? "?" : "&") + query);
        HttpRequest.Builder request = HttpRequest.newBuilder(place).timeout(ANSWER);
        if (credential != null) {
            request.header("Authorization", credential.basic());
        }
        HttpResponse<InputStream> answer = wire.send(request.GET().build());
        byte[] bytes = wire.read(answer, Wire.SMALL);
        if (answer.statusCode() != 200) {
            throw denied("its token service at " + realm.getHost() + " answered " + answer.statusCode() + ".");
        }
        var json = Json.parse(bytes);
        String token = json.path("token").asString(json.path("access_token").asString(""));
        if (!token.matches("[!-~]{1,16384}")) {
            throw denied("its token service answered without a token.");
        }
        return token;
    }

    private URI realm(String text) {
        try {
            URI realm = URI.create(text);
            String authority = realm.getRawAuthority();
            boolean own = name.authority().equalsIgnoreCase(authority);
            boolean hubs = name.host().equals("docker.io") && "auth.docker.io".equals(authority);
            boolean named = authority != null && authority.equalsIgnoreCase(authHost);
            boolean scheme = "https".equals(realm.getScheme()) || ("http".equals(realm.getScheme()) && wire.plain());
            if (scheme && realm.getUserInfo() == null && realm.getFragment() == null && (own || hubs || named)) {
                return realm;
            }
        } catch (IllegalArgumentException e) {
            // Said below.
        }
        String shown = text.replaceAll("[^ -~]", "?");
        throw new Problem.Refused(
                        "AUTH_HOST_UNKNOWN",
                        "Getting a token for " + name.place(),
                        "the registry sends there for it: '" + shown.substring(0, Math.min(200, shown.length()))
                                + "', which is not its own host, and would get what you log in with.",
                        "If that host belongs to the registry, name it: --auth-host HOST[:PORT].")
                .exception();
    }

    ProblemException denied(String missing) {
        return new Problem.Forbidden(
                        "REMOTE_DENIED",
                        "Reading " + name,
                        missing
                                + (credential == null
                                        ? " No log-in for it was found."
                                        : " The log-in was " + credential.user() + "'s."),
                        "Log in with `skopeo login` or `docker login` (programs that keep credentials are not asked), or give"
                                + " --user and --password-stdin.")
                .exception();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
