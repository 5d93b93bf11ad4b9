package dev.waybill.doctor.read;

import dev.waybill.doctor.expression.Conditions;
import dev.waybill.doctor.model.Job;
import dev.waybill.doctor.model.Pipeline;
import dev.waybill.doctor.model.Refs;
import dev.waybill.doctor.yaml.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Azure Pipelines: each file that is no template is a pipeline; templates are expanded where they are used. */
final class AzureReader {
    private static final int DEEPEST = 8;

    private final Documents documents;
    private final AzureTemplates templates;

    AzureReader(Documents documents) {
        this.documents = documents;
        this.templates = new AzureTemplates(documents);
    }

    List<Pipeline> pipelines() {
        List<Pipeline> pipelines = new ArrayList<>();
        for (String path : documents.tree().paths()) {
            String name = path.substring(path.lastIndexOf('/') + 1);
            boolean called =
                    (name.matches("(?i).*azure[-_.]?pipelines?.*\\.ya?ml") && !path.startsWith("_other_repository/"))
                            || path.matches("(?i)(\\.azure|\\.azuredevops|\\.pipelines|azure)/.*\\.ya?ml");
            if (called && starts(documents.document(path))) {
                pipelines.add(pipeline(path, documents.document(path)));
            }
        }
        return pipelines;
    }

    private static boolean starts(Node root) {
        boolean work = root.get("stages").present()
                || root.get("jobs").present()
                || root.get("steps").present()
                || root.get("extends").present();
        boolean parameters = root.get("parameters").isMapping();
        return work
                && !parameters
                && (root.get("trigger").present()
                        || root.get("pool").present()
                        || root.get("resources").present()
                        || root.get("stages").present()
                        || root.get("pr").present()
                        || root.get("schedules").present()
                        || root.get("variables").present());
    }

    private Pipeline pipeline(String path, Node root) {
        Refs refs = refs(root.get("trigger"));
        Map<String, String> known = new LinkedHashMap<>();
        AzureTemplates.variables(root.get("variables")).forEach((name, value) -> known.put("variables." + name, value));
        AzureTemplates.parameters(root.get("parameters"))
                .forEach((name, value) -> known.put("parameters." + name, value));
        Scope scope = new Scope(path, "", List.of(), known, Map.of(), refs, Set.of(), Optional.empty());
        List<Job> jobs = new ArrayList<>();
        Node pool = root.get("pool");
        if (root.get("extends").present()) {
            Node call = root.get("extends");
            AzureTemplates.Called called = templates.called(call, scope);
            jobs.addAll(
                    called == null
                            ? List.of(templates.unseen(call, scope, ""))
                            : all(called.root(), called.scope(), pool, 1));
        } else {
            jobs.addAll(all(root, scope, pool, 0));
        }
        return new Pipeline(Pipeline.Provider.AZURE, path, path, refs, List.of(), jobs);
    }

    private static Refs refs(Node trigger) {
        if (trigger.text().equals("none")) {
            return Refs.of("dispatch");
        }
        Set<String> atoms = new TreeSet<>();
        List<Node> branches = trigger.isMapping()
                ? trigger.get("branches").isMapping()
                        ? trigger.at("branches", "include").list()
                        : trigger.get("branches").list()
                : trigger.list();
        branches.forEach(branch -> atoms.add("branch:" + branch.text().replace("refs/heads/", "")));
        if (!trigger.at("tags").list().isEmpty()) {
            atoms.add("tag");
        }
        return Refs.of(atoms);
    }

    private List<Job> all(Node root, Scope scope, Node pool, int depth) {
        List<Job> jobs = new ArrayList<>();
        if (root.get("stages").present()) {
            stages(root.get("stages"), scope, pool, depth, jobs);
        } else if (root.get("jobs").present()) {
            jobs(root.get("jobs"), scope, pool, depth, jobs);
        } else if (root.get("steps").present()) {
            Node job = Node.mapping(
                    Map.of("job", Node.scalar("job", root.get("steps").place()), "steps", root.get("steps")),
                    root.place());
            jobs.add(templates.job(job, scope, pool, "job"));
        }
        return jobs;
    }

    private void stages(Node list, Scope scope, Node pool, int depth, List<Job> jobs) {
        Set<String> previous = new TreeSet<>(scope.needs());
        for (Node stage : templates.items(list, scope)) {
            if (stage.get("template").present()) {
                AzureTemplates.Called called = depth < DEEPEST ? templates.called(stage, scope) : null;
                List<Job> inside = called == null
                        ? List.of(templates.unseen(stage, scope, ""))
                        : all(called.root(), called.scope(), pool, depth + 1);
                jobs.addAll(inside);
                continue;
            }
            String name = scope.plain(stage.get("stage").text("stage"));
            Set<String> needs = new TreeSet<>();
            if (stage.get("dependsOn").present()) {
                stage.get("dependsOn").texts().forEach(need -> needs.add(scope.plain(need)));
            } else {
                needs.addAll(previous);
            }
            Refs refs = scope.refs().and(Conditions.refs(stage.get("condition").text()));
            Map<String, String> known = new LinkedHashMap<>(scope.known());
            AzureTemplates.variables(stage.get("variables"))
                    .forEach((key, value) -> known.put("variables." + key, scope.plain(value)));
            Scope inside = new Scope(
                    scope.file(), name + "/", scope.chain(), known, Map.of(), refs, Set.copyOf(needs), scope.bound());
            jobs(stage.get("jobs"), inside, stage.get("pool").present() ? stage.get("pool") : pool, depth, jobs);
            previous = new TreeSet<>(Set.of(name));
        }
    }

    private void jobs(Node list, Scope scope, Node pool, int depth, List<Job> jobs) {
        for (Node job : templates.items(list, scope)) {
            if (jobs.size() > 2_000) {
                return;
            }
            if (job.get("template").present()) {
                AzureTemplates.Called called = depth < DEEPEST ? templates.called(job, scope) : null;
                if (called == null) {
                    jobs.add(templates.unseen(job, scope, scope.prefix()));
                } else {
                    jobs.addAll(all(called.root(), called.scope(), pool, depth + 1));
                }
            } else {
                String id = scope.prefix()
                        + scope.plain(job.get("job").text(job.get("deployment").text("job" + jobs.size())));
                jobs.add(templates.job(job, scope, job.get("pool").present() ? job.get("pool") : pool, id));
            }
        }
    }
}
