package dev.waybill.doctor.check;

import dev.waybill.doctor.effect.Effect;
import dev.waybill.doctor.shell.Meaning;
import java.util.ArrayList;
import java.util.List;

/** Question 3: whether what runs in production can be traced to a test run of the same bytes (WB501). */
final class Traces {
    private final Lineage lineage;
    private final Verdict rebuild;
    private final Verdict moving;
    private final List<Finding> findings = new ArrayList<>();
    private final Verdict verdict;

    Traces(Lineage lineage, Verdict rebuild, Verdict moving) {
        this.lineage = lineage;
        this.rebuild = rebuild;
        this.moving = moving;
        this.verdict = decide();
    }

    Verdict verdict() {
        return verdict;
    }

    List<Finding> findings() {
        return findings;
    }

    private Verdict decide() {
        List<Deployment> last = Gates.last(lineage);
        if (last.isEmpty()) {
            return Verdict.UNKNOWN;
        }
        List<Verdict> all = last.stream().map(this::tested).toList();
        if (all.contains(Verdict.NO)) {
            return Verdict.NO;
        }
        return all.contains(Verdict.UNKNOWN) ? Verdict.UNKNOWN : Verdict.YES;
    }

    private Verdict tested(Deployment deployment) {
        if (deployment.opaque()) {
            return Verdict.UNKNOWN;
        }
        List<Work> way = new ArrayList<>(lineage.before(deployment.work()));
        way.add(deployment.work());
        boolean seen = way.stream().anyMatch(work -> work.sees(Meaning.TEST));
        boolean hidden = way.stream().anyMatch(work -> work.effects().stream().anyMatch(Effect::opaque))
                || !deployment.work().pipeline().after().isEmpty()
                || deployment.producers().stream().anyMatch(Producer::pooled);
        if (!seen && !hidden) {
            findings.add(Rule.WB501.found(
                    "No test comes before " + deployment.environment() + " in this pipeline.",
                    List.of(deployment.environment()),
                    List.of(deployment.chain())));
            return Verdict.NO;
        }
        if (moving == Verdict.YES || (rebuild == Verdict.YES && !seen)) {
            return Verdict.NO;
        }
        return seen && deployment.producers().stream().noneMatch(Producer::pooled) ? Verdict.YES : Verdict.UNKNOWN;
    }
}
