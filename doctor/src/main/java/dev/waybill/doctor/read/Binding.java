package dev.waybill.doctor.read;

import dev.waybill.doctor.model.Environments;
import dev.waybill.doctor.shell.Words;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which of the values given to a call names an environment. */
final class Binding {
    private static final Set<String> SAYING = Set.of(
            "env",
            "environment",
            "environ",
            "stage",
            "space",
            "tier",
            "envs",
            "environments",
            "flavor",
            "flavour",
            "flavors");

    private Binding() {}

    /** Whether a parameter is called after environments. */
    static boolean says(String name) {
        return Words.parts(name).stream().anyMatch(SAYING::contains);
    }

    static Optional<String> of(Map<String, String> given) {
        for (Map.Entry<String, String> entry : given.entrySet()) {
            boolean named = says(entry.getKey()) && Environments.rank(entry.getValue()) > 0;
            if (named && entry.getValue().length() < 60 && !entry.getValue().contains("${{")) {
                return Optional.of(entry.getValue());
            }
        }
        for (Map.Entry<String, String> entry : given.entrySet()) {
            Optional<String> strong = Environments.strong(entry.getValue());
            if (strong.isPresent()
                    && entry.getValue().matches("[\\w-]{2,30}")
                    && Words.parts(entry.getValue()).size() <= 2) {
                return strong;
            }
        }
        return Optional.empty();
    }
}
