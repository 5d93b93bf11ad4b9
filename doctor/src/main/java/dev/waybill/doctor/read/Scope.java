package dev.waybill.doctor.read;

import dev.waybill.doctor.expression.Cases;
import dev.waybill.doctor.model.Refs;
import dev.waybill.doctor.source.Place;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What surrounds a job while calls are expanded.
 *
 * @param prefix of the ids, empty or ending with a slash
 * @param known values by name
 * @param choices what can be chosen at start, by input
 * @param needs ids that everything inside waits for
 * @param bound the environment that a call names
 */
record Scope(
        String file,
        String prefix,
        List<Place> chain,
        Map<String, String> known,
        Map<String, List<String>> choices,
        Refs refs,
        Set<String> needs,
        Optional<String> bound) {
    Cases cases() {
        return new Cases(known, choices);
    }

    String plain(String text) {
        return cases().plain(text);
    }

    Scope knowing(Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>(known);
        all.putAll(more);
        return new Scope(file, prefix, chain, all, choices, refs, needs, bound);
    }

    Scope within(Refs narrower, Optional<String> environment) {
        return new Scope(
                file,
                prefix,
                chain,
                known,
                choices,
                refs.and(narrower),
                needs,
                environment.isPresent() ? environment : bound);
    }
}
