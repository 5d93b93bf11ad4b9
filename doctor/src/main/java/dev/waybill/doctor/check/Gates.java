package dev.waybill.doctor.check;

import dev.waybill.doctor.model.Environments;
import dev.waybill.doctor.model.Job;
import dev.waybill.doctor.model.Pipeline;
import dev.waybill.doctor.shell.Meaning;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Whether a person stands between a change and production (WB503): a note, since approval protects no bytes. */
final class Gates {
    private final Lineage lineage;
    private final List<Deployment> last;

    Gates(Lineage lineage) {
        this.lineage = lineage;
        this.last = last(lineage);
    }

    /** The deployments furthest along the way. */
    static List<Deployment> last(Lineage lineage) {
        List<Deployment> production = lineage.deployments().stream()
                .filter(d -> d.rank() == Environments.LAST)
                .toList();
        if (!production.isEmpty()) {
            return production;
        }
        List<Deployment> bound = new ArrayList<>(lineage.deployments());
        bound.removeIf(deployment ->
                deployment.rank() > 0 || deployment.work().job().environment().isEmpty());
        return bound;
    }

    Verdict verdict() {
        if (last.isEmpty()) {
            boolean hidden = lineage.deployments().stream().anyMatch(Deployment::opaque);
            return hidden || lineage.works().isEmpty() ? Verdict.UNKNOWN : Verdict.NO;
        }
        if (last.stream().anyMatch(deployment -> gated(deployment.work()))) {
            return Verdict.YES;
        }
        return last.stream().allMatch(Deployment::opaque) ? Verdict.UNKNOWN : Verdict.NO;
    }

    private boolean gated(Work work) {
        List<Work> way = new ArrayList<>(lineage.before(work));
        way.add(work);
        return way.stream().anyMatch(one -> one.job().gate().isPresent() || one.has(Meaning.APPROVAL))
                || declared(work.job(), work.pipeline().provider())
                || started(work.job());
    }

    /** GitHub and Azure keep approvals with the environment, outside the file: binding is all that can be seen. */
    private static boolean declared(Job job, Pipeline.Provider provider) {
        return job.environment().isPresent()
                && (provider == Pipeline.Provider.GITHUB || provider == Pipeline.Provider.AZURE);
    }

    private static boolean started(Job job) {
        Set<String> atoms = job.refs().any();
        return !atoms.isEmpty()
                && atoms.stream().allMatch(atom -> atom.startsWith("dispatch") || atom.equals("release"));
    }

    List<Finding> findings() {
        if (verdict() == Verdict.YES || last.isEmpty()) {
            return List.of();
        }
        Deployment deployment = last.getFirst();
        return List.of(Rule.WB503.found(
                verdict() == Verdict.NO ? Verdict.YES : Verdict.UNKNOWN,
                "Nothing that this repository shows stands between a change and " + deployment.environment() + ".",
                List.of(deployment.environment()),
                List.of(deployment.chain())));
    }
}
