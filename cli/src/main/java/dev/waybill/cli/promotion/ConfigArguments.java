package dev.waybill.cli.promotion;

import dev.waybill.api.promotion.ConfigurationValue;
import dev.waybill.cli.Session;
import dev.waybill.core.predicate.ConfigurationSet;
import dev.waybill.core.problem.Problem;
import dev.waybill.core.problem.ProblemException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Turns arguments into configuration values; refuses what would put a secret into the shell's history. */
final class ConfigArguments {
    private static final int LIMIT = 1024 * 1024;

    private final Session session;
    private final Map<String, ConfigurationValue> set = new LinkedHashMap<>();
    private boolean inputTaken;

    ConfigArguments(Session session) {
        this.session = session;
    }

    Map<String, ConfigurationValue> set() {
        return set;
    }

    void values(List<String> pairs) {
        for (String pair : pairs) {
            int equals = pair.indexOf('=');
            if (equals < 1) {
                throw misuse(pair, "a value is written KEY=VALUE.", "Write for example LOG_LEVEL=info.");
            }
            put(pair.substring(0, equals), ConfigurationSet.Kind.VALUE, pair.substring(equals + 1));
        }
    }

    void secrets(List<String> references) throws IOException {
        for (String reference : references) {
            int equals = reference.indexOf('=');
            if (equals < 0) {
                put(
                        reference,
                        ConfigurationSet.Kind.SECRET,
                        given(reference, fromInput(reference), "nothing came on standard input."));
            } else {
                String key = reference.substring(0, equals);
                byte[] bytes = file(key, reference.substring(equals + 1));
                String secret =
                        given(key, text(key, bytes), "the file " + reference.substring(equals + 2) + " is empty.");
                put(key, ConfigurationSet.Kind.SECRET, secret);
            }
        }
    }

    void files(List<String> references) throws IOException {
        for (String reference : references) {
            int equals = reference.indexOf('=');
            String key = equals < 0 ? reference : reference.substring(0, equals);
            byte[] bytes = file(key, equals < 0 ? "" : reference.substring(equals + 1));
            put(key, ConfigurationSet.Kind.FILE, Base64.getEncoder().encodeToString(bytes));
        }
    }

    private void put(String key, ConfigurationSet.Kind kind, String value) {
        if (set.put(key, new ConfigurationValue(kind, value)) != null) {
            throw misuse(key, "the key is given twice.", "Give each key once.");
        }
    }

    private String fromInput(String key) throws IOException {
        if (inputTaken) {
            throw misuse(key, "standard input holds one secret only.", "Give the others as --secret KEY=@FILE.");
        }
        inputTaken = true;
        return text(key, session.in().readNBytes(LIMIT));
    }

    private byte[] file(String key, String reference) throws IOException {
        if (!reference.startsWith("@")) {
            throw misuse(
                    key,
                    "its value may not stand on the command line, where the shell's history keeps it.",
                    "Write KEY=@FILE, or only KEY and give a secret on standard input.");
        }
        Path file = session.path(Path.of(reference.substring(1)));
        if (Files.size(file) > LIMIT) {
            throw misuse(
                    key,
                    file + " has more than " + LIMIT + " bytes.",
                    "Put large content into the artifact, or a store of its own.");
        }
        return Files.readAllBytes(file);
    }

    /** An empty secret is a pipe that broke, not a secret. */
    private static String given(String key, String secret, String missing) {
        if (secret.isEmpty()) {
            throw new Problem.Malformed(
                            "SECRET_EMPTY",
                            "Reading the secret " + key,
                            missing,
                            "Give the secret there, or use --unset " + key + " to take the key away.")
                    .exception();
        }
        return secret;
    }

    /** One line break at the end belongs to the editor, not to the secret. */
    private static String text(String key, byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        if (text.indexOf('\uFFFD') >= 0) {
            throw misuse(key, "its value is not text in UTF-8.", "Give it with --file.");
        }
        return text.replaceFirst("\\r?\\n$", "");
    }

    private static ProblemException misuse(String what, String missing, String next) {
        return new Problem.Malformed("CONFIG_ARGUMENT", "Reading '" + what + "'", missing, next).exception();
    }
}
