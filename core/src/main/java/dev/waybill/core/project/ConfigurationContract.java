package dev.waybill.core.project;

import dev.waybill.core.json.Place;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;

/** The keys that the artifact reads from its environment. Sorted, without repetition; a required key is not optional too. */
public record ConfigurationContract(List<String> required, List<String> optional) {
    public static final ConfigurationContract NONE = new ConfigurationContract(List.of(), List.of());
    private static final Pattern KEY = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]{0,127}");

    public ConfigurationContract {
        required = sorted(required);
        optional = sorted(optional);
    }

    /** Reads {@code {required: [KEY], optional: [KEY]}}; both may be left out. */
    public static ConfigurationContract read(Place place) {
        place.only("required", "optional");
        ConfigurationContract contract = new ConfigurationContract(
                place.each("required", ConfigurationContract::key), place.each("optional", ConfigurationContract::key));
        for (String key : contract.optional) {
            if (contract.required.contains(key)) {
                throw place.under("optional")
                        .refuse("`" + key + "` is required as well.", "Leave it out of one of the two lists.");
            }
        }
        return contract;
    }

    private static String key(Place place) {
        if (!KEY.matcher(place.text()).matches()) {
            throw place.refuse(
                    "a key starts with a letter or _ and goes on with letters, digits and _ . -",
                    "Write for example DATABASE_URL.");
        }
        return place.text();
    }

    private static List<String> sorted(Collection<String> keys) {
        return keys.stream().distinct().sorted().toList();
    }
}
