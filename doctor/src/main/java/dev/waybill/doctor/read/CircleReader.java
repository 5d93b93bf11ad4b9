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

/** CircleCI: workflows over jobs with parameters; commands expanded, orbs known by name. */
final class CircleReader {
    private static final String FILE = ".circleci/config.yml";
    private final Documents documents;

    CircleReader(Documents documents) {
        this.documents = documents;
    }

    List<Pipeline> pipelines() {
        Node root = documents.document(FILE);
        List<Pipeline> pipelines = new ArrayList<>();
        root.get("workflows").entries().forEach((name, workflow) -> {
            if (workflow.get("jobs").isSequence()) {
                pipelines.add(pipeline(name, workflow, root));
            }
        });
        return pipelines;
    }

    private static Pipeline pipeline(String name, Node workflow, Node root) {
        boolean scheduled = workflow.get("triggers").list().stream()
                .anyMatch(trigger -> trigger.get("schedule").present());
        boolean asked = workflow.get("when").text().contains("trigger_source == \"api\"");
        Refs refs = scheduled ? Refs.of("schedule") : asked ? Refs.of("dispatch") : Refs.ALL;
        CircleJobs jobs = new CircleJobs(root);
        List<Job> found = new ArrayList<>();
        for (Node item : workflow.get("jobs").items()) {
            if (item.isScalar()) {
                found.add(jobs.job(item.text(), Node.mapping(Map.of(), item.place()), refs));
            }
            item.entries().forEach((job, given) -> found.add(jobs.job(job, given, refs)));
        }
        return new Pipeline(Pipeline.Provider.CIRCLE, FILE, name, refs, List.of(), found);
    }

    /** Which references a job's filters let in. */
    static Refs filtered(Node filters) {
        Set<String> atoms = new TreeSet<>();
        Node only = filters.at("branches", "only");
        only.texts().forEach(branch -> atoms.add("branch:" + (branch.startsWith("/") ? "*" : branch)));
        boolean allIgnored = filters.at("branches", "ignore").texts().contains("/.*/");
        List<String> ignored = filters.at("branches", "ignore").texts();
        if (!only.present() && !allIgnored) {
            atoms.add(
                    ignored.size() == 1 && !ignored.getFirst().startsWith("/")
                            ? "branch:!" + ignored.getFirst()
                            : "branch:*");
        }
        if (filters.at("tags", "only").present()) {
            atoms.add("tag");
        }
        return filters.present() ? Refs.of(atoms) : Refs.of("branch:*");
    }

    /** The jobs of a configuration. */
    private static final class CircleJobs {
        private final Node root;
        private final CircleSteps steps;

        CircleJobs(Node root) {
            this.root = root;
            this.steps = new CircleSteps(root);
        }

        Job job(String name, Node given, Refs refs) {
            Node definition = root.at("jobs", name);
            Map<String, String> known = new LinkedHashMap<>();
            definition
                    .get("parameters")
                    .entries()
                    .forEach((key, parameter) -> known.put(
                            "parameters." + key, parameter.get("default").text()));
            given.strings().forEach((key, value) -> known.put("parameters." + key, value));
            String id = given.get("name").text(name);
            List<Step> found = new ArrayList<>();
            Optional<Place> gate = Optional.empty();
            if (given.get("type").text().equals("approval")
                    || definition.get("type").text().equals("approval")) {
                gate = Optional.of(given.place());
            } else if (definition.present()) {
                found.addAll(steps.steps(definition.get("steps"), known, CircleSteps.variables(definition), 0));
            } else {
                found.add(new Step("", given.place(), new Action.Opaque(name, given.strings()), Map.of(), ""));
            }
            Map<String, String> parameters = new LinkedHashMap<>(given.strings());
            parameters.keySet().removeAll(Set.of("name", "context", "serial-group", "executor"));
            Optional<String> bound = Binding.of(parameters);
            Refs own = refs.unrestricted() || !refs.any().contains("schedule")
                    ? refs.and(filtered(given.get("filters")))
                    : refs;
            return new Job(
                    id,
                    id,
                    definition.present() ? definition.key() : given.key(),
                    List.of(given.key()),
                    Optional.empty(),
                    bound,
                    refs.equals(Refs.of("dispatch")) ? refs : own,
                    Set.copyOf(new TreeSet<>(given.get("requires").texts())),
                    gate,
                    builder(name, definition),
                    found,
                    Job.Traits.NONE);
        }

        private Job.Builder builder(String name, Node definition) {
            Node executor = definition.get("executor");
            Node named = root.at(
                    "executors", executor.isMapping() ? executor.get("name").text() : executor.text());
            Node from = named.present() ? named : definition;
            String image = from.get("docker").list().stream()
                    .findFirst()
                    .map(node -> node.get("image").text())
                    .orElse("");
            String orb = name.contains("/")
                    ? root.at("orbs", name.substring(0, name.indexOf('/'))).text()
                    : "";
            return new Job.Builder(from.at("machine", "image").text(), orb.isEmpty() ? image : orb);
        }
    }
}
