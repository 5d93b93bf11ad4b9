package dev.waybill.core.verify;

import dev.waybill.core.bundle.Bytes;
import dev.waybill.core.predicate.ConfigurationSet;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What a configuration statement says of a value without saying the value: HMAC-SHA256 (RFC 2104) under a random key of its
 * own, hex. Whoever holds value and key can check it; whoever reads only the ledger can test no guess.
 */
public final class Commitment {
    private Commitment() {}

    public static String of(byte[] key, byte[] value) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(value));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has HmacSHA256", e);
        }
    }

    /**
     * A value as it was delivered.
     *
     * @param value its bytes
     * @param key of its commitment, base64
     */
    public record Opened(ConfigurationSet.Kind kind, Bytes value, String key) {}

    /** {@code CONFIGURATION_MISMATCH} unless these are all the values that the statement commits to, and no others. */
    public static void requireAll(ConfigurationSet says, Map<String, Opened> values) {
        for (ConfigurationSet.Entry entry : says.entries()) {
            Opened opened = values.get(entry.key());
            if (opened == null) {
                throw mismatch(says, entry.key() + " is missing.");
            }
            if (opened.kind() != entry.kind() || !opens(entry, opened)) {
                throw mismatch(says, entry.key() + " is not what was committed to.");
            }
        }
        if (values.size() != says.entries().size()) {
            throw mismatch(says, "it holds keys that the statement does not name.");
        }
    }

    private static boolean opens(ConfigurationSet.Entry entry, Opened opened) {
        try {
            return of(Base64.getDecoder().decode(opened.key()), opened.value().array())
                    .equals(entry.commitment());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static RuntimeException mismatch(ConfigurationSet says, String why) {
        return Untrusted.because(
                "CONFIGURATION_MISMATCH",
                "the configuration that came is not version " + says.version() + " of " + says.slot() + ": " + why);
    }
}
