package dev.waybill.doctor.read;

import dev.waybill.doctor.expression.Conditions;
import dev.waybill.doctor.model.Action;
import dev.waybill.doctor.model.Job;
import dev.waybill.doctor.model.Pipeline;
import dev.waybill.doctor.model.Refs;
import dev.waybill.doctor.model.Step;
import dev.waybill.doctor.source.Place;
import dev.waybill.doctor.yaml.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** GitLab CI. */
final class GitlabReader {
    private static final Set<String> KEYWORDS = Set.of(
            "stages",
            "variables",
            "include",
            "workflow",
            "default",
            "image",
            "services",
            "before_script",
            "after_script",
            "cache",
            "spec");
    private final Documents documents;

    GitlabReader(Documents documents) {
        this.documents = documents;
    }

    List<Pipeline> pipelines() {
        String path = ".gitlab-ci.yml";
        if (!documents.tree().has(path) || !documents.document(path).isMapping()) {
            return List.of();
        }
        GitlabFile file = new GitlabFile(documents);
        List<Pipeline> pipelines = new ArrayList<>();
        for (GitlabFile.Variant variant : file.variants(path)) {
            Map<String, Node> entries = variant.entries();
            Refs refs = GitlabFile.ruled(
                            entries.getOrDefault("workflow", Node.ABSENT).get("rules"))
                    .and(variant.refs());
            List<Job> jobs = jobs(
                    entries,
                    refs,
                    byHand(entries.getOrDefault("workflow", Node.ABSENT).get("rules"), refs));
            file.outside().forEach(place -> jobs.add(unseen(place, refs)));
            pipelines.add(new Pipeline(Pipeline.Provider.GITLAB, path, path, refs, List.of(), List.copyOf(jobs)));
        }
        return pipelines;
    }

    /** Where it stands that a person starts every pipeline for these references. */
    private static Optional<Place> byHand(Node rules, Refs refs) {
        List<Node> letting = rules.list().stream()
                .filter(rule -> !rule.get("when").text().equals("never"))
                .filter(rule -> Conditions.refs(rule.get("if").text()).meets(refs))
                .toList();
        boolean web = !letting.isEmpty()
                && letting.stream().allMatch(rule -> rule.get("if").text().matches("(?s).*==\\s*[\"']web[\"'].*"));
        return web ? Optional.of(letting.getFirst().place()) : Optional.empty();
    }

    private List<Job> jobs(Map<String, Node> entries, Refs refs, Optional<Place> byHand) {
        List<Job> jobs = new ArrayList<>();
        GitlabJobs builder = new GitlabJobs(entries, refs, byHand);
        entries.forEach((name, node) -> {
            boolean job = !KEYWORDS.contains(name) && !name.startsWith(".") && node.isMapping();
            if (job && jobs.size() < 2_000) {
                jobs.addAll(builder.job(name, node));
            }
        });
        return jobs;
    }

    private static Job unseen(Place place, Refs refs) {
        Step step = new Step("include", place, new Action.Opaque("include", new LinkedHashMap<>()), Map.of(), "");
        return new Job(
                "(included)",
                "included from outside",
                place,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                refs,
                Set.of(),
                Optional.empty(),
                new Job.Builder("", ""),
                List.of(step),
                Job.Traits.NONE);
    }
}
