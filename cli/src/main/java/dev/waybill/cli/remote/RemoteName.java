package dev.waybill.cli.remote;

import dev.waybill.core.name.Digest;
import dev.waybill.core.problem.Problem;
import dev.waybill.core.problem.ProblemException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code HOST[:PORT]/NAME[:TAG|@DIGEST]}; the host is never guessed. Without tag and digest the tag is {@code latest}, as for every client.
 *
 * @param tag null when a digest is asked for
 */
public record RemoteName(
        String host,
        String repository,
        @Nullable String tag,
        @Nullable Digest digest) {
    private static final Pattern SHAPE =
            Pattern.compile("(?<host>[A-Za-z0-9.-]+(:[0-9]{1,5})?|\\[[0-9a-fA-F:]+\\](:[0-9]{1,5})?)"
                    + "/(?<name>[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*(/[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*)*)"
                    + "(:(?<tag>[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}))?(@(?<digest>[a-z0-9]+:[0-9a-f]+))?");

    /** {@code REFERENCE_INVALID} for what is written otherwise, or by a sha512. */
    public static RemoteName parse(String text) {
        Matcher matcher = SHAPE.matcher(text.length() > 512 ? "" : text);
        if (!matcher.matches()) {
            throw invalid(text, "it is not of the form HOST[:PORT]/NAME[:TAG|@DIGEST].");
        }
        String host = matcher.group("host").toLowerCase(Locale.ROOT);
        if (!host.contains(".") && !host.contains(":") && !host.equals("localhost")) {
            throw invalid(text, "'" + host + "' is no host: it has no dot and no port.");
        }
        String name = matcher.group("name");
        String hex = matcher.group("digest");
        Digest digest = hex == null ? null : Digest.parse(hex);
        if (digest != null && digest.algorithm() != Digest.Algorithm.SHA256) {
            throw invalid(text, "statements are about sha256 digests only.");
        }
        boolean hub = host.equals("docker.io") || host.equals("index.docker.io");
        String tag = digest != null ? null : matcher.group("tag") == null ? "latest" : matcher.group("tag");
        return new RemoteName(
                hub ? "docker.io" : host, hub && !name.contains("/") ? "library/" + name : name, tag, digest);
    }

    /** {@code HOST/NAME}, as it is recorded. */
    public String place() {
        return host + "/" + repository;
    }

    /** Whom to ask: the hub's registry does not answer under its name. */
    String authority() {
        return host.equals("docker.io") ? "registry-1.docker.io" : host;
    }

    /** Tag or digest. */
    String reference() {
        return digest == null ? String.valueOf(tag) : digest.toString();
    }

    @Override
    public String toString() {
        return place() + (digest == null ? ":" + tag : "@" + digest);
    }

    private static ProblemException invalid(String text, String missing) {
        String shown = text.length() > 200 ? text.substring(0, 200) + "..." : text;
        return new Problem.Malformed(
                        "REFERENCE_INVALID",
                        "Reading '" + shown + "'",
                        missing,
                        "Write for example registry.example.com/team/shop:1.0.")
                .exception();
    }
}
