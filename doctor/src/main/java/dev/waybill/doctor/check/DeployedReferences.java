package dev.waybill.doctor.check;

import dev.waybill.doctor.effect.Effect;
import dev.waybill.doctor.effect.Mutability;
import dev.waybill.doctor.model.Refs;
import dev.waybill.doctor.shell.Meaning;
import dev.waybill.doctor.source.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Whether what is deployed is named by something that can move (WB301, WB302). */
final class DeployedReferences {
    private final Lineage lineage;
    private final Map<Place, Finding> findings = new LinkedHashMap<>();

    DeployedReferences(Lineage lineage) {
        this.lineage = lineage;
        boolean deploys = lineage.deployments().stream().anyMatch(deployment -> !deployment.published());
        for (Deployment deployment : lineage.deployments()) {
            if (!deployment.published()) {
                moving(deployment, deployment.work().all(Meaning.DEPLOY, Meaning.PULL));
                cloned(deployment);
            } else if (!deploys) {
                moving(deployment, deployment.work().all(Meaning.PUBLISH));
            }
        }
        pushedAgain();
    }

    List<Finding> findings() {
        return List.copyOf(findings.values());
    }

    Verdict verdict() {
        boolean hidden = lineage.hidden();
        return !findings.isEmpty() ? Verdict.YES : hidden || lineage.works().isEmpty() ? Verdict.UNKNOWN : Verdict.NO;
    }

    private void moving(Deployment deployment, List<Effect> effects) {
        for (Effect effect : effects) {
            for (String reference : effect.references().split(" ")) {
                if (!reference.isEmpty() && Mutability.of(reference) == Mutability.MOVING) {
                    add(
                            Rule.WB301,
                            effect.place(),
                            deployment,
                            "`" + Rebuilds.shortened(reference) + "` can mean other bytes tomorrow.");
                }
            }
        }
    }

    /** Another repository's branch, fetched while deploying and deployed; configuration repositories are meant to move. */
    private void cloned(Deployment deployment) {
        for (Effect clone : deployment.work().all(Meaning.CLONE)) {
            boolean own =
                    clone.text().contains("github.repository") || clone.text().contains("CI_REPOSITORY_URL");
            boolean configuration = clone.text()
                    .matches("(?i).*(manifest|gitops|config|chart|infra|helm|deploy-?tools|environments).*");
            if (!own && !configuration) {
                add(
                        Rule.WB301,
                        clone.place(),
                        deployment,
                        "What a branch of another repository holds at that moment is deployed.");
            }
        }
    }

    /** The same build pushes a commit's tag for the branch and again for the tag on it. */
    private void pushedAgain() {
        for (Deployment one : lineage.deployments()) {
            for (Deployment other : lineage.deployments()) {
                boolean again = !one.producers().isEmpty()
                        && !other.producers().isEmpty()
                        && one.work().job().place().equals(other.work().job().place())
                        && runs(one.work(), "branch:")
                        && runs(other.work(), "tag")
                        && !one.shares(other)
                        && one.producers()
                                .getFirst()
                                .build()
                                .place()
                                .equals(other.producers().getFirst().build().place());
                if (again) {
                    add(
                            Rule.WB302,
                            one.producers().getFirst().build().place(),
                            other,
                            "The build runs for the branch and again for the tag, and pushes one commit's image twice.");
                }
            }
        }
    }

    private static boolean runs(Work work, String kind) {
        Refs refs = work.job().refs();
        Set<String> atoms = refs.any();
        return !atoms.isEmpty() && atoms.stream().allMatch(atom -> atom.startsWith(kind));
    }

    private void add(Rule rule, Place place, Deployment deployment, String message) {
        List<Place> places = new ArrayList<>(deployment.work().job().route());
        places.add(place);
        findings.putIfAbsent(
                place,
                rule.found(
                        message,
                        deployment.environment().isEmpty() ? List.of() : List.of(deployment.environment()),
                        List.of(new Finding.Chain(
                                deployment.work().job().name(),
                                places.stream().distinct().toList()))));
    }
}
