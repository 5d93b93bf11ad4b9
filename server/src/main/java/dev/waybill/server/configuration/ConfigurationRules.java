package dev.waybill.server.configuration;

import dev.waybill.api.promotion.ConfigurationChange;
import dev.waybill.api.promotion.ConfigurationValue;
import dev.waybill.core.name.Slot;
import dev.waybill.core.predicate.ConfigurationSet.Kind;
import dev.waybill.core.problem.Problem;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;

/** What may be set. Refusals name the key, never the value. */
final class ConfigurationRules {
    private static final Pattern KEY = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]{0,127}");
    private static final int MOST_KEYS = 500;
    private static final int LARGEST = 1024 * 1024;

    private ConfigurationRules() {}

    static void check(Slot slot, ConfigurationChange change) {
        if (change.set().size() + change.unset().size() > MOST_KEYS) {
            throw invalid(slot, "more than " + MOST_KEYS + " keys change at once.", "Set fewer at a time.");
        }
        change.set().forEach((name, value) -> {
            if (!KEY.matcher(name).matches()) {
                throw invalid(
                        slot,
                        "a key starts with a letter or _ and goes on with letters, digits and _ . - (at most 128).",
                        "Rename '" + (name.length() > 40 ? name.substring(0, 40) + "..." : name) + "'.");
            }
            LoadingKeys.refusal(name, value).ifPresent(why -> {
                throw reserved(slot, name, why);
            });
            if (change.unset().contains(name)) {
                throw invalid(slot, name + " is to be set and unset at once.", "Leave it out of one of the two.");
            }
            int length = bytes(name, value).length;
            if (length == 0 && value.kind() == Kind.SECRET) {
                throw empty(slot, name);
            }
            if (value.kind() != Kind.FILE && value.value().indexOf('\0') >= 0) {
                throw unstartable(slot, name);
            }
            if (length > LARGEST) {
                throw invalid(
                        slot,
                        "the value of " + name + " has more than " + LARGEST + " bytes.",
                        "Put large content into the artifact, or into a store that the value names.");
            }
        });
    }

    /** The value's bytes: base64 for a file, UTF-8 otherwise. */
    static byte[] bytes(String name, ConfigurationValue value) {
        if (value.kind() != Kind.FILE) {
            return value.value().getBytes(StandardCharsets.UTF_8);
        }
        try {
            return Base64.getDecoder().decode(value.value());
        } catch (IllegalArgumentException e) {
            throw new Problem.Malformed(
                            "CONFIGURATION_INVALID",
                            "Reading the file " + name,
                            "its value is not base64.",
                            "Send the file's bytes in base64.")
                    .exception();
        }
    }

    static String text(Kind kind, byte[] value) {
        return kind == Kind.FILE
                ? Base64.getEncoder().encodeToString(value)
                : new String(value, StandardCharsets.UTF_8);
    }

    private static RuntimeException reserved(Slot slot, String name, String why) {
        return new Problem.Malformed(
                        "CONFIGURATION_KEY_RESERVED",
                        "Setting the configuration of " + slot,
                        name + " is not for configuration: " + why + ".",
                        "Rename it, or leave out what loads code; name programs, libraries and agents in the artifact's own"
                                + " command.")
                .exception();
    }

    private static RuntimeException unstartable(Slot slot, String name) {
        return invalid(
                slot,
                "the value of " + name + " has a NUL character, which no environment variable can hold.",
                "Set it without, or as a file.");
    }

    /** Never meant: the gate would count the key as set, and the artifact would start without its secret. */
    private static RuntimeException empty(Slot slot, String name) {
        return new Problem.Malformed(
                        "SECRET_EMPTY",
                        "Setting the secret " + name + " of " + slot,
                        "its value is empty.",
                        "Give the secret, or take the key away: `waybill config set " + slot + " --unset " + name
                                + "`.")
                .exception();
    }

    private static RuntimeException invalid(Slot slot, String missing, String next) {
        return new Problem.Malformed("CONFIGURATION_INVALID", "Setting the configuration of " + slot, missing, next)
                .exception();
    }
}
