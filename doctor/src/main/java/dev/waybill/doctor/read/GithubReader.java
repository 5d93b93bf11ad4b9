package dev.waybill.doctor.read;

import dev.waybill.doctor.model.Job;
import dev.waybill.doctor.model.Pipeline;
import dev.waybill.doctor.model.Refs;
import dev.waybill.doctor.source.Place;
import dev.waybill.doctor.yaml.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** GitHub Actions: {@code .github/workflows}, with called workflows and composite actions expanded in place. */
final class GithubReader {
    private final Documents documents;

    GithubReader(Documents documents) {
        this.documents = documents;
    }

    List<Pipeline> pipelines() {
        List<Pipeline> pipelines = new ArrayList<>();
        for (String path : documents.tree().paths()) {
            if (path.matches("\\.github/workflows/[^/]+\\.ya?ml")) {
                Node workflow = documents.document(path);
                if (workflow.get("jobs").isMapping() && startsByItself(workflow.get("on"))) {
                    pipelines.add(pipeline(path, workflow));
                }
            }
        }
        return pipelines;
    }

    private static boolean startsByItself(Node on) {
        return on.isMapping()
                ? on.entries().keySet().stream().anyMatch(event -> !event.equals("workflow_call"))
                : on.texts().stream().anyMatch(event -> !event.equals("workflow_call"));
    }

    private Pipeline pipeline(String path, Node workflow) {
        Node on = workflow.get("on");
        Refs refs = refs(on);
        Node inputs = on.at("workflow_dispatch", "inputs");
        Map<String, List<String>> choices = new LinkedHashMap<>();
        inputs.entries().forEach((name, input) -> {
            if (!input.get("options").texts().isEmpty()) {
                choices.put(name, input.get("options").texts());
            }
        });
        Scope scope = new Scope(path, "", List.of(), Map.of(), choices, refs, Set.of(), Optional.empty());
        List<Job> jobs = new GithubJobs(documents).jobs(workflow, scope, 0);
        return new Pipeline(
                Pipeline.Provider.GITHUB,
                path,
                workflow.get("name").text(path),
                refs,
                on.at("workflow_run", "workflows").texts(),
                jobs);
    }

    static Refs refs(Node on) {
        Set<String> atoms = new TreeSet<>();
        if (!on.isMapping()) {
            on.texts().forEach(event -> event(event, Node.ABSENT, atoms));
        }
        on.entries().forEach((event, filter) -> event(event, filter, atoms));
        return Refs.of(atoms);
    }

    private static void event(String event, Node filter, Set<String> atoms) {
        switch (event) {
            case "push" -> push(filter, atoms);
            case "pull_request", "pull_request_target", "merge_group" -> atoms.add("pr");
            case "workflow_dispatch", "repository_dispatch" -> atoms.add("dispatch");
            case "schedule" -> atoms.add("schedule");
            case "release" -> atoms.add("release");
            case "create" -> atoms.add("tag");
            case "workflow_run" -> {
                if (filter.get("branches").texts().isEmpty()) {
                    atoms.add("branch:*");
                }
                filter.get("branches").texts().forEach(branch -> atoms.add("branch:" + branch));
            }
            case "deployment", "deployment_status" -> atoms.add("deployment");
            default -> {
                // Issues, comments and the like deliver nothing.
            }
        }
    }

    private static void push(Node filter, Set<String> atoms) {
        List<String> branches = filter.get("branches").texts();
        List<String> tags = filter.get("tags").texts();
        branches.stream()
                .filter(branch -> !branch.startsWith("!"))
                .forEach(branch -> atoms.add("branch:" + branch.replace("**", "*")));
        if (!tags.isEmpty()) {
            atoms.add("tag");
        }
        if (branches.isEmpty() && tags.isEmpty()) {
            atoms.add("branch:*");
            if (!filter.get("branches-ignore").present()) {
                atoms.add("tag");
            }
        }
    }

    static Place place(Node node) {
        return node.key();
    }
}
