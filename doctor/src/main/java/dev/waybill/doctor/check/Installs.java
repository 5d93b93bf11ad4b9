package dev.waybill.doctor.check;

import dev.waybill.doctor.effect.Effect;
import dev.waybill.doctor.effect.EffectReader;
import dev.waybill.doctor.model.Job;
import dev.waybill.doctor.shell.Meaning;
import dev.waybill.doctor.source.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What deployments fetch, and what is fetched without a fixed version anywhere (WB201, WB202, WB203, WB401, WB405). */
final class Installs {
    private final Lineage lineage;
    private final List<Finding> findings = new ArrayList<>();
    private final List<Finding> floating = new ArrayList<>();

    Installs(Lineage lineage) {
        this.lineage = lineage;
        deploying();
        unlocked();
        images();
    }

    List<Finding> findings() {
        List<Finding> all = new ArrayList<>(findings);
        all.addAll(floating);
        return all;
    }

    Verdict atDeploy() {
        boolean yes = findings.stream()
                .anyMatch(finding ->
                        finding.rule().equals("WB201") || finding.rule().equals("WB202"));
        boolean hidden = lineage.hidden();
        return yes ? Verdict.YES : hidden || lineage.works().isEmpty() ? Verdict.UNKNOWN : Verdict.NO;
    }

    Verdict nondeterministic() {
        return !floating.isEmpty() ? Verdict.YES : lineage.works().isEmpty() ? Verdict.UNKNOWN : Verdict.NO;
    }

    private void deploying() {
        Map<Place, List<Deployment>> seen = new LinkedHashMap<>();
        boolean deploys = lineage.deployments().stream().anyMatch(deployment -> !deployment.published());
        for (Deployment deployment : lineage.deployments()) {
            boolean counts =
                    !deployment.published() || (!deploys && deployment.work().has(Meaning.BUILD));
            if (counts) {
                seen.computeIfAbsent(deployment.work().job().place(), place -> new ArrayList<>())
                        .add(deployment);
            }
        }
        seen.values().forEach(this::job);
    }

    private void job(List<Deployment> deployments) {
        Work work = deployments.getFirst().work();
        List<String> environments = deployments.stream()
                .map(Deployment::environment)
                .filter(e -> !e.isEmpty())
                .distinct()
                .toList();
        first(work, environments, Rule.WB201, EffectReader::installs, "installs the application's dependencies");
        first(
                work,
                environments,
                Rule.WB202,
                effect -> effect.is(Meaning.TOOL_UNPINNED),
                "installs tools without a fixed version");
        first(work, environments, Rule.WB203, effect -> effect.is(Meaning.BUILD), "builds what it deploys");
    }

    private void first(
            Work work, List<String> environments, Rule rule, java.util.function.Predicate<Effect> wanted, String what) {
        Optional<Effect> found = work.effects().stream()
                .filter(wanted)
                .filter(effect -> !effect.opaque())
                .findFirst();
        found.ifPresent(effect -> findings.add(rule.found(
                "Job " + work.job().name() + " " + what + ": `" + Rebuilds.shortened(effect.text()) + "`.",
                environments,
                List.of(at(work.job(), effect.place())))));
    }

    private static Finding.Chain at(Job job, Place place) {
        List<Place> places = new ArrayList<>(job.route());
        places.add(place);
        return new Finding.Chain(job.name(), places.stream().distinct().toList());
    }

    private void unlocked() {
        Map<Place, Finding> found = new LinkedHashMap<>();
        for (Work work : lineage.works()) {
            for (Effect effect : work.all(Meaning.INSTALL_UNLOCKED, Meaning.TOOL_UNPINNED)) {
                if (effect.certainty() == Effect.Certainty.SEEN) {
                    found.computeIfAbsent(
                            effect.place(),
                            place -> Rule.WB401.found(
                                    "`" + Rebuilds.shortened(effect.text())
                                            + "` takes whatever version there is that day.",
                                    List.of(),
                                    List.of(at(work.job(), place))));
                }
            }
        }
        floating.addAll(found.values());
    }

    private void images() {
        Map<String, Finding> found = new LinkedHashMap<>();
        for (Work work : lineage.works()) {
            String image = work.job().builder().image();
            if (moves(image)) {
                found.computeIfAbsent(
                        image,
                        name -> Rule.WB405.found(
                                "Image " + name + " of job " + work.job().name() + " is a moving name.",
                                List.of(),
                                List.of(at(work.job(), work.job().place()))));
            }
        }
        floating.addAll(found.values());
    }

    private static boolean moves(String image) {
        if (image.isBlank() || (image.contains("@") && !image.endsWith("@volatile")) || image.contains("$")) {
            return false;
        }
        String last = image.substring(image.lastIndexOf('/') + 1);
        int colon = last.indexOf(':');
        return colon < 0
                || last.substring(colon + 1).matches("latest|debug|edge|stable|main|master|nightly|volatile|dind|lts");
    }
}
