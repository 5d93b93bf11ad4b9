package dev.waybill.doctor.check;

import dev.waybill.doctor.effect.Effect;
import dev.waybill.doctor.shell.Meaning;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What decides but stands elsewhere (WB601). */
final class Visibility {
    private Visibility() {}

    static List<Finding> findings(Lineage lineage) {
        Map<String, Finding> found = new LinkedHashMap<>();
        for (Work work : lineage.works()) {
            for (Effect effect : work.all(Meaning.BUILD, Meaning.DEPLOY, Meaning.PUBLISH, Meaning.TRIGGER)) {
                if (effect.opaque()) {
                    found.computeIfAbsent(effect.text(), text -> finding(work, effect));
                }
            }
        }
        return new ArrayList<>(found.values());
    }

    private static Finding finding(Work work, Effect effect) {
        return Rule.WB601.found(
                Verdict.UNKNOWN,
                "What `" + Rebuilds.shortened(effect.text()) + "` does is not in this repository.",
                work.label().map(List::of).orElse(List.of()),
                List.of(new Finding.Chain(work.job().name(), List.of(work.job().place(), effect.place()))));
    }
}
