package dev.waybill.doctor.check;

import dev.waybill.doctor.effect.Effect;
import dev.waybill.doctor.effect.EffectReader;
import dev.waybill.doctor.model.Environments;
import dev.waybill.doctor.model.Job;
import dev.waybill.doctor.model.Pipeline;
import dev.waybill.doctor.model.Refs;
import dev.waybill.doctor.model.Repository;
import dev.waybill.doctor.shell.Meaning;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Who builds, who deploys where, and which build can have made what is deployed. */
@SuppressWarnings("ReferenceEquality") // instances, not values: two jobs may look alike
final class Lineage {
    private final List<Work> works = new ArrayList<>();
    private final List<Deployment> deployments = new ArrayList<>();

    Lineage(Repository repository) {
        EffectReader reader = new EffectReader(repository.tree());
        for (Pipeline pipeline : repository.pipelines()) {
            for (Job job : pipeline.jobs()) {
                works.add(new Work(pipeline, job, reader.effects(job)));
            }
        }
        Placing placing = new Placing();
        works.forEach(work -> deployments.addAll(deploys(work, placing)));
        Set<String> deployed = new LinkedHashSet<>();
        deployments.forEach(deployment -> deployed.add(deployment.key()));
        works.forEach(work -> publishes(work, placing)
                .filter(deployment -> !deployed.contains(deployment.key()))
                .ifPresent(deployments::add));
    }

    List<Work> works() {
        return works;
    }

    /** Those on the way to production; previews and package sites are none. */
    List<Deployment> deployments() {
        return deployments;
    }

    /** Whether there is an environment of which no deployment can be seen. */
    boolean hidden() {
        Set<String> seen = new LinkedHashSet<>();
        deployments.stream()
                .filter(deployment -> !deployment.opaque())
                .forEach(deployment -> seen.add(deployment.key()));
        return deployments.stream().anyMatch(deployment -> deployment.opaque() && !seen.contains(deployment.key()));
    }

    List<Work> before(Work work) {
        Set<Job> jobs = new LinkedHashSet<>(work.pipeline().before(work.job()));
        return works.stream()
                .filter(other -> other.pipeline() == work.pipeline() && jobs.contains(other.job()))
                .toList();
    }

    private List<Deployment> deploys(Work work, Placing placing) {
        List<Deployment> found = new ArrayList<>();
        Set<String> seen = new LinkedHashSet<>();
        for (Effect effect : work.all(Meaning.DEPLOY)) {
            Placing.Placed placed = placing.of(work, effect);
            boolean here = !work.job().traits().stops()
                    && !placed.aside()
                    && work.job().refs().any().stream().noneMatch("never"::equals);
            if (here && seen.add(placed.name() + effect.opaque())) {
                found.add(new Deployment(work, effect, placed.name(), placed.open(), false, producers(work, effect)));
            }
        }
        boolean starts = Environments.named(work.job().id()).isPresent()
                || work.job().id().contains("deploy");
        for (Effect trigger : starts ? work.all(Meaning.TRIGGER) : List.<Effect>of()) {
            found.add(new Deployment(work, trigger, placing.of(work, trigger).name(), false, false, List.of()));
        }
        return found;
    }

    /** Publishing under an environment's name is how some pipelines deploy: a host watches the name. */
    private Optional<Deployment> publishes(Work work, Placing placing) {
        Optional<Effect> publish = work.has(Meaning.DEPLOY)
                ? Optional.empty()
                : work.all(Meaning.PUBLISH).stream().findFirst();
        boolean preview =
                !work.job().refs().unrestricted() && work.job().refs().any().equals(Set.of("pr"));
        return publish.filter(effect -> !preview)
                .map(effect -> {
                    Placing.Placed placed = placing.published(work);
                    return new Deployment(work, effect, placed.name(), false, true, producers(work, effect));
                })
                .filter(deployment -> !deployment.environment().isEmpty());
    }

    private List<Producer> producers(Work work, Effect deploy) {
        List<Producer> own = builds(work, work.job().refs(), false);
        if (!own.isEmpty()) {
            return own;
        }
        List<Producer> upstream = new ArrayList<>();
        for (Work earlier : before(work)) {
            if (!twin(earlier, work)) {
                upstream.addAll(builds(earlier, work.job().refs(), false));
            }
        }
        if (!upstream.isEmpty()) {
            return upstream;
        }
        if (fromSource(work)) {
            return List.of(new Producer(work, deploy, work.job().refs(), false));
        }
        return lookedUp(work);
    }

    private static List<Producer> builds(Work work, Refs run, boolean pooled) {
        return work.all(Meaning.BUILD).stream()
                .filter(effect -> !effect.opaque())
                .map(effect -> new Producer(work, effect, work.job().refs().and(run), pooled))
                .toList();
    }

    /** An instance for another environment of a job that also has one for this environment. */
    private boolean twin(Work earlier, Work work) {
        Optional<String> theirs = earlier.label();
        Optional<String> mine = work.label();
        if (theirs.isEmpty() || mine.isEmpty() || canonical(theirs.get()).equals(canonical(mine.get()))) {
            return false;
        }
        return works.stream()
                .anyMatch(other -> other.job().place().equals(earlier.job().place())
                        && other.label().map(Lineage::canonical).equals(mine.map(Lineage::canonical)));
    }

    private static String canonical(String name) {
        return Environments.canonical(name);
    }

    /** Installs dependencies and deploys, and nothing comes in: the deployment packs what lies in the checkout. */
    static boolean fromSource(Work work) {
        boolean given = work.has(Meaning.ARTIFACT_IN, Meaning.RETAG, Meaning.PULL)
                || work.all(Meaning.DEPLOY).stream()
                        .anyMatch(effect -> !effect.references().isBlank());
        return !given && work.sees(Meaning.INSTALL_LOCKED, Meaning.INSTALL_SEMI, Meaning.INSTALL_UNLOCKED);
    }

    /** Bytes that come from a registry: made by what the same event started, else by any build that there is. */
    private List<Producer> lookedUp(Work work) {
        Refs pushed = automatic(work.job().refs());
        List<Producer> same = new ArrayList<>();
        List<Producer> any = new ArrayList<>();
        for (Work other : works) {
            Refs both = automatic(other.job().refs()).and(pushed);
            boolean together = !pushed.equals(Refs.NONE)
                    && !both.equals(Refs.NONE)
                    && !automatic(other.job().refs()).equals(Refs.NONE);
            if (together && other != work) {
                same.addAll(builds(other, pushed, false));
            }
            any.addAll(builds(other, Refs.ALL, true));
        }
        return same.isEmpty() ? any : same;
    }

    /** The part that starts by a push alone. */
    private static Refs automatic(Refs refs) {
        Set<String> atoms = new LinkedHashSet<>();
        refs.any().stream()
                .filter(atom -> atom.startsWith("branch:") || atom.startsWith("tag"))
                .forEach(atoms::add);
        return refs.unrestricted() ? Refs.of("branch:*", "tag") : atoms.isEmpty() ? Refs.NONE : Refs.of(atoms);
    }
}
