package dev.waybill.cli.build;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What a command sees of the environment: a short list of names that builds need, and what the caller names. Everything
 * else stays outside, so that a stray variable can neither change the bytes nor leak into them.
 */
public final class CleanEnvironment {
    /** Names whose values say something about the build and nothing secret. */
    private static final List<String> PLAIN = List.of(
            "PATH",
            "HOME",
            "JAVA_HOME",
            "MAVEN_HOME",
            "M2_HOME",
            "MAVEN_OPTS",
            "GRADLE_USER_HOME",
            "GOPATH",
            "CARGO_HOME",
            "NODE_PATH",
            "TMPDIR",
            "CI");

    /** Names that builds need and whose values may hold a password. */
    private static final List<String> GUARDED =
            List.of("http_proxy", "https_proxy", "no_proxy", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "SSL_CERT_FILE");

    private final Map<String, String> all = new TreeMap<>();
    private final Set<String> guarded = new TreeSet<>();

    /** @param extra further names to let through, guarded like secrets */
    public CleanEnvironment(Map<String, String> outside, List<String> extra) {
        PLAIN.forEach(name -> take(outside, name));
        for (String name : Stream.concat(GUARDED.stream(), extra.stream()).toList()) {
            if (take(outside, name)) {
                guarded.add(name);
            }
        }
        all.put("LC_ALL", "C.UTF-8");
        all.put("TZ", "UTC");
    }

    public CleanEnvironment with(String name, String value) {
        all.put(name, value);
        return this;
    }

    public Map<String, String> all() {
        return all;
    }

    /** In clear, or as HMAC-SHA256 under a key that never leaves this machine: equal values stay recognisable here. */
    Map<String, String> shown(byte[] key) {
        Map<String, String> shown = new TreeMap<>(all);
        guarded.forEach(name -> shown.compute(name, (n, value) -> "hmac:" + hmac(key, String.valueOf(value))));
        return shown;
    }

    private boolean take(Map<String, String> outside, String name) {
        String value = outside.get(name);
        if (value == null) {
            return false;
        }
        all.put(name, value);
        return true;
    }

    private static String hmac(byte[] key, String value) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(value.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has HmacSHA256", e);
        }
    }
}
