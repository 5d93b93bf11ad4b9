package dev.waybill.agent.directory;

import dev.waybill.agent.driver.Order;
import dev.waybill.agent.store.Disk;
import dev.waybill.api.promotion.ConfigurationValue;
import dev.waybill.core.json.Json;
import dev.waybill.core.predicate.ConfigurationSet;
import dev.waybill.core.problem.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * A release's configuration on this host: kept 0600 per release, so that going back needs no server. A value or secret is
 * an environment variable; a file lies in the release's own directory of files, and its variable holds the path.
 */
final class Settings {
    /** What is kept: environment variables as the process will see them. */
    record Stored(Map<String, String> environment) {}

    private final Disk disk;
    private final Root root;

    Settings(Disk disk, Root root) {
        this.disk = disk;
        this.root = root;
    }

    void store(Order order) throws IOException {
        long number = order.release().number();
        Map<String, String> environment = new TreeMap<>();
        disk.remove(root.configFiles(number));
        for (Map.Entry<String, ConfigurationValue> entry : order.configuration().entrySet()) {
            String key = entry.getKey();
            ConfigurationValue value = entry.getValue();
            if (key.startsWith("WAYBILL_") || !key.matches("[A-Za-z_][A-Za-z0-9_.-]{0,127}")) {
                throw refused(key);
            }
            if (value.kind() == ConfigurationSet.Kind.FILE) {
                Path file = root.configFiles(number).resolve(key);
                disk.directory(root.configFiles(number));
                disk.write(file, bytes(key, value));
                environment.put(key, file.toString());
            } else {
                environment.put(key, startable(key, value.value()));
            }
        }
        disk.write(root.config(number), Json.write(new Stored(environment)));
    }

    /** The clean environment of the release: a path, a home, a language, the configuration and the three names of the release. */
    Map<String, String> environment(Kept kept, String path) throws IOException {
        Map<String, String> environment = new HashMap<>();
        environment.put("PATH", path);
        environment.put("HOME", System.getProperty("user.home"));
        environment.put("LANG", "C.UTF-8");
        values(kept).forEach((key, value) -> environment.put(key, startable(key, value)));
        environment.put("WAYBILL_RELEASE", kept.release().toString());
        environment.put("WAYBILL_DIGEST", kept.artifact().toString());
        environment.put("WAYBILL_COMMIT", kept.commit().value());
        return environment;
    }

    Map<String, String> values(Kept kept) throws IOException {
        byte[] stored = disk.read(root.config(kept.number()))
                .orElseThrow(() -> new IOException(
                        "the configuration of " + kept.release() + " is gone from " + root.config(kept.number())));
        return Json.read(stored, Stored.class).environment();
    }

    /** What a process can be given; checked here because whoever starts it would repeat the value, which may be a secret. */
    private static String startable(String key, String value) {
        if (value.indexOf('\0') >= 0) {
            throw refused(key);
        }
        return value;
    }

    private static byte[] bytes(String key, ConfigurationValue value) {
        try {
            return Base64.getDecoder().decode(value.value().getBytes(StandardCharsets.US_ASCII));
        } catch (IllegalArgumentException e) {
            throw refused(key);
        }
    }

    private static RuntimeException refused(String key) {
        return new Problem.Refused(
                        "CONFIGURATION_REFUSED",
                        "Writing the configuration key " + key,
                        "a key has letters, digits and _ . -, does not start with WAYBILL_, a value has no NUL character,"
                                + " and a file is base64.",
                        "Correct it with `waybill config set` and promote again.")
                .exception();
    }
}
