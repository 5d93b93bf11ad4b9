package dev.waybill.doctor.check;

import dev.waybill.doctor.effect.Effect;
import dev.waybill.doctor.model.Environments;
import dev.waybill.doctor.shell.Meaning;
import dev.waybill.doctor.source.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Question 1: whether environments get builds of their own (WB101 to WB106). */
final class Rebuilds {
    private final Lineage lineage;
    private final List<Finding> findings = new ArrayList<>();
    private boolean unseen;

    Rebuilds(Lineage lineage) {
        this.lineage = lineage;
        axes();
        environments();
        open();
    }

    List<Finding> findings() {
        return findings;
    }

    Verdict verdict() {
        if (!findings.isEmpty()) {
            return Verdict.YES;
        }
        boolean opaque = lineage.deployments().stream().anyMatch(Deployment::opaque);
        long places = lineage.deployments().stream()
                .map(Deployment::key)
                .filter(key -> !key.isEmpty())
                .distinct()
                .count();
        boolean sourceless = places > 1
                && lineage.deployments().stream()
                        .anyMatch(deployment -> !deployment.environment().isEmpty()
                                && deployment.producers().isEmpty());
        return opaque || unseen || sourceless || lineage.works().isEmpty() ? Verdict.UNKNOWN : Verdict.NO;
    }

    /** One build step with an instance for each of several environments. */
    private void axes() {
        Map<Place, Map<String, Work>> instances = new LinkedHashMap<>();
        Map<Place, Effect> builds = new LinkedHashMap<>();
        for (Work work : lineage.works()) {
            for (Effect build : work.all(Meaning.BUILD)) {
                if (!build.guarded() && work.label().isPresent() && work.handsOn()) {
                    builds.put(build.place(), build);
                    String label = Environments.canonical(work.label().get());
                    instances
                            .computeIfAbsent(build.place(), p -> new TreeMap<>())
                            .putIfAbsent(label, work);
                }
            }
        }
        builds.forEach((place, build) -> {
            Map<String, Work> works = instances.getOrDefault(place, Map.of());
            if (works.size() > 1) {
                axis(build, works);
            }
        });
    }

    private void axis(Effect build, Map<String, Work> works) {
        if (build.opaque()) {
            unseen = true;
            return;
        }
        boolean matrix =
                works.values().stream().allMatch(work -> work.job().id().contains("@"));
        List<Finding.Chain> chains = new ArrayList<>();
        works.forEach((name, work) -> {
            List<Place> places = new ArrayList<>(work.job().route());
            places.add(build.place());
            chains.add(new Finding.Chain(name + " <- build in " + work.job().id(), places));
        });
        findings.add((matrix ? Rule.WB102 : Rule.WB103)
                .found(
                        "`" + shortened(build.text()) + "` runs once for each of " + String.join(", ", works.keySet())
                                + ".",
                        List.copyOf(works.keySet()),
                        chains));
    }

    /** Environments, in order, none of whose deployments shares a build with an earlier one. */
    private void environments() {
        Map<String, List<Deployment>> places = new LinkedHashMap<>();
        for (Deployment deployment : lineage.deployments()) {
            if (!deployment.environment().isEmpty()
                    && !deployment.opaque()
                    && !deployment.open()
                    && !deployment.producers().isEmpty()) {
                places.computeIfAbsent(deployment.key(), key -> new ArrayList<>())
                        .add(deployment);
            }
        }
        for (List<Deployment> later : places.values()) {
            List<Deployment> earlier = places.values().stream()
                    .filter(other -> precedes(other.getFirst(), later.getFirst()))
                    .flatMap(List::stream)
                    .toList();
            boolean alone = !earlier.isEmpty()
                    && later.stream().noneMatch(d -> earlier.stream().anyMatch(d::shares));
            if (alone) {
                rebuilt(closest(earlier), later.getFirst());
            }
        }
    }

    private static boolean precedes(Deployment a, Deployment b) {
        if (a.rank() > 0 && b.rank() > 0) {
            return a.rank() < b.rank();
        }
        boolean neither = a.rank() == 0 && b.rank() == 0;
        return neither ? a.key().compareTo(b.key()) < 0 : b.rank() > 0;
    }

    private static Deployment closest(List<Deployment> earlier) {
        return earlier.stream()
                .max(java.util.Comparator.comparingInt(Deployment::rank))
                .orElseThrow();
    }

    private void rebuilt(Deployment earlier, Deployment later) {
        Rule rule = rule(earlier, later);
        String message = later.environment() + " gets a build of its own: nothing that it can get was built for "
                + earlier.environment() + ".";
        findings.add(rule.found(
                message, List.of(earlier.environment(), later.environment()), List.of(earlier.chain(), later.chain())));
    }

    private static Rule rule(Deployment earlier, Deployment later) {
        Effect build = later.producers().getFirst().build();
        boolean remote = build.place().equals(later.effect().place())
                && build.text().equals(later.effect().text());
        boolean sameFile =
                earlier.work().pipeline().file().equals(later.work().pipeline().file());
        boolean apart = !earlier.work().job().refs().meets(later.work().job().refs());
        if (apart && branches(earlier.work()) && branches(later.work())) {
            return Rule.WB104;
        }
        return !sameFile ? Rule.WB105 : remote ? Rule.WB106 : apart ? Rule.WB105 : Rule.WB101;
    }

    private static boolean branches(Work work) {
        Set<String> atoms = work.job().refs().any();
        return !atoms.isEmpty() && atoms.stream().allMatch(atom -> atom.startsWith("branch:"));
    }

    /** The environment is chosen at start, and each start builds. */
    private void open() {
        for (Deployment deployment : lineage.deployments()) {
            boolean builds = deployment.producers().stream()
                    .anyMatch(
                            producer -> !producer.pooled() && !producer.build().guarded());
            if (deployment.open() && builds && !deployment.opaque() && findings.isEmpty()) {
                findings.add(Rule.WB105.found(
                        "Each start builds for the environment that is chosen then (" + deployment.environment() + ").",
                        List.of(deployment.environment()),
                        List.of(deployment.chain())));
            }
        }
    }

    static String shortened(String text) {
        String line = text.replaceAll("\\s+", " ").strip();
        return line.length() > 80 ? line.substring(0, 77) + "..." : line;
    }
}
