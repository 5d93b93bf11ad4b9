package dev.waybill.doctor.check;

import dev.waybill.doctor.model.Job;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Question 2: whether what is built for each environment is built in the same surroundings. */
final class Builders {
    private final Lineage lineage;
    private final Verdict rebuild;

    Builders(Lineage lineage, Verdict rebuild) {
        this.lineage = lineage;
        this.rebuild = rebuild;
    }

    /** One build is identical to itself; several are only if runner and image are the same and fixed. */
    Verdict verdict() {
        Map<String, Set<Job.Builder>> builders = builders();
        if (builders.isEmpty()) {
            return lineage.deployments().isEmpty() && !lineage.works().isEmpty() && rebuild == Verdict.NO
                    ? Verdict.YES
                    : Verdict.UNKNOWN;
        }
        if (rebuild == Verdict.NO) {
            return Verdict.YES;
        }
        if (rebuild == Verdict.UNKNOWN) {
            return Verdict.UNKNOWN;
        }
        Set<Set<Job.Builder>> kinds = new LinkedHashSet<>(builders.values());
        if (kinds.size() > 1) {
            return Verdict.NO;
        }
        boolean fixed = kinds.iterator().next().stream().allMatch(Builders::fixed);
        return fixed ? Verdict.YES : Verdict.UNKNOWN;
    }

    private Map<String, Set<Job.Builder>> builders() {
        Map<String, Set<Job.Builder>> builders = new LinkedHashMap<>();
        List<Deployment> placed = new ArrayList<>(lineage.deployments());
        placed.removeIf(deployment -> deployment.environment().isEmpty() || deployment.opaque());
        for (Deployment deployment : placed) {
            for (Producer producer : deployment.producers()) {
                builders.computeIfAbsent(deployment.key(), key -> new LinkedHashSet<>())
                        .add(producer.work().job().builder());
            }
        }
        return builders;
    }

    private static boolean fixed(Job.Builder builder) {
        return builder.image().matches(".*@sha256:[0-9a-f]{64}");
    }
}
