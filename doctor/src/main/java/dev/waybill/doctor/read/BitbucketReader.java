package dev.waybill.doctor.read;

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
import java.util.TreeSet;

/** Bitbucket Pipelines: each section of branches, tags or custom pipelines is a run of its own. */
final class BitbucketReader {
    private static final String FILE = "bitbucket-pipelines.yml";

    private final Documents documents;

    BitbucketReader(Documents documents) {
        this.documents = documents;
    }

    List<Pipeline> pipelines() {
        Node root = documents.document(FILE);
        List<Pipeline> pipelines = new ArrayList<>();
        root.get("pipelines").entries().forEach((section, node) -> {
            if (section.equals("default")) {
                pipelines.add(pipeline(section, Refs.of("branch:(other)"), node, root));
            }
            node.entries().forEach((name, list) -> pipelines.add(pipeline(name, refs(section, name), list, root)));
        });
        return pipelines;
    }

    private static Refs refs(String section, String name) {
        return switch (section) {
            case "branches" -> Refs.of("branch:" + name.replace("**", "*"));
            case "tags" -> Refs.of("tag");
            case "pull-requests" -> Refs.of("pr");
            default -> Refs.of("dispatch:pipeline=" + name);
        };
    }

    private static Pipeline pipeline(String name, Refs refs, Node list, Node root) {
        List<Job> jobs = new ArrayList<>();
        Set<String> before = new TreeSet<>();
        for (Node item : list.list()) {
            Set<String> made = new TreeSet<>();
            String deployment = item.at("stage", "deployment").text();
            List<Node> steps = item.get("step").present()
                    ? List.of(item.get("step"))
                    : item.get("parallel").present()
                            ? steps(
                                    item.get("parallel").isMapping()
                                            ? item.at("parallel", "steps")
                                            : item.get("parallel"))
                            : steps(item.at("stage", "steps"));
            for (Node step : steps) {
                Job job = job(name + "/" + (jobs.size() + 1), step, refs, before, new Around(deployment, root));
                jobs.add(job);
                made.add(job.id());
            }
            before = item.get("parallel").present() ? union(before, made) : made.isEmpty() ? before : made;
        }
        return new Pipeline(Pipeline.Provider.BITBUCKET, FILE, name, refs, List.of(), jobs);
    }

    private static Set<String> union(Set<String> left, Set<String> right) {
        Set<String> all = new TreeSet<>(left);
        all.addAll(right);
        return all;
    }

    private static List<Node> steps(Node list) {
        return list.list().stream()
                .map(item -> item.get("step"))
                .filter(Node::present)
                .toList();
    }

    private record Around(String deployment, Node root) {}

    private static Job job(String id, Node node, Refs refs, Set<String> needs, Around around) {
        List<Step> steps = new ArrayList<>();
        for (Node line : node.get("script").list()) {
            if (line.isScalar()) {
                steps.add(new Step("", line.place(), new Action.Run(line.text(), line.place(), false), Map.of(), ""));
            } else if (line.get("pipe").present()) {
                String pipe = line.get("pipe").text().replaceAll(":[^:]*$", "");
                Map<String, String> inputs =
                        new LinkedHashMap<>(line.get("variables").strings());
                steps.add(new Step("", line.place(), new Action.Use(pipe, inputs), inputs, ""));
            }
        }
        if (node.get("artifacts").present()) {
            steps.add(new Step("", node.get("artifacts").key(), new Action.HandOver(true, "artifacts"), Map.of(), ""));
        }
        String deployment = node.get("deployment").text(around.deployment());
        Node image =
                node.get("image").present() ? node.get("image") : around.root().get("image");
        Optional<Place> gate = node.get("trigger").text().equals("manual")
                ? Optional.of(node.get("trigger").key())
                : Optional.empty();
        String name = node.get("name").text(id);
        return new Job(
                id,
                name,
                node.key(),
                List.of(),
                deployment.isEmpty() ? Optional.empty() : Optional.of(deployment),
                Optional.empty(),
                refs,
                Set.copyOf(needs),
                gate,
                new Job.Builder("", image.isMapping() ? image.get("name").text() : image.text()),
                steps,
                new Job.Traits(node.get("artifacts").present(), true, false));
    }
}
