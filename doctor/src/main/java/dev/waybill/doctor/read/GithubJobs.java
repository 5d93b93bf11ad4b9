package dev.waybill.doctor.read;

import dev.waybill.doctor.expression.Cases;
import dev.waybill.doctor.expression.Conditions;
import dev.waybill.doctor.model.Action;
import dev.waybill.doctor.model.Environments;
import dev.waybill.doctor.model.Job;
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

/** The jobs of a workflow: one instance for each environment of a matrix, a choice or a reference, calls expanded. */
final class GithubJobs {
    private static final int MOST = 2_000;
    private static final int DEEPEST = 8;

    private final Documents documents;
    private final GithubSteps steps;
    private int instances;

    GithubJobs(Documents documents) {
        this.documents = documents;
        this.steps = new GithubSteps(documents);
    }

    List<Job> jobs(Node workflow, Scope scope, int depth) {
        List<Job> jobs = new ArrayList<>();
        Scope inside = scope.knowing(variables(workflow.get("env"), scope));
        workflow.get("jobs").entries().forEach((id, node) -> {
            for (Scope variant : variants(node, inside)) {
                if (instances < MOST && !Conditions.never(node.get("if").text(), variant.known())) {
                    jobs.addAll(one(id, node, variant, depth));
                }
            }
        });
        return jobs;
    }

    private static Map<String, String> variables(Node env, Scope scope) {
        Map<String, String> variables = new LinkedHashMap<>();
        env.strings().forEach((name, value) -> variables.put("env." + name, scope.plain(value)));
        return variables;
    }

    /** One scope for each value of the axes that name environments. */
    private static List<Scope> variants(Node job, Scope scope) {
        Node matrix = job.at("strategy", "matrix");
        List<Scope> scopes = new ArrayList<>(List.of(scope));
        for (Map.Entry<String, Node> axis : matrix.entries().entrySet()) {
            List<Cases.Case> values = new ArrayList<>();
            axis.getValue().list().stream()
                    .filter(Node::isScalar)
                    .forEach(value -> values.addAll(scope.cases().of(value.text())));
            boolean environments = !axis.getKey().equals("exclude")
                    && !values.isEmpty()
                    && values.stream().allMatch(value -> names(axis.getKey(), value.value()));
            if (environments) {
                scopes = times(scopes, axis.getKey(), values);
            }
        }
        List<Node> include =
                matrix.get("include").list().stream().filter(Node::isMapping).toList();
        Optional<String> said = include.stream()
                .flatMap(node -> node.strings().entrySet().stream())
                .filter(entry -> names(entry.getKey(), entry.getValue()) && Binding.says(entry.getKey()))
                .map(Map.Entry::getKey)
                .findFirst();
        if (said.isPresent() && scopes.size() == 1) {
            return include.stream()
                    .map(node -> included(scope, node, said.get()))
                    .toList();
        }
        Map<String, String> joined = new LinkedHashMap<>();
        include.forEach(node -> node.strings().forEach((name, value) -> {
            if (!matrix.get(name).present()) {
                joined.merge("matrix." + name, scope.plain(value), (a, b) -> a.contains(b) ? a : a + " " + b);
            }
        }));
        return joined.isEmpty()
                ? scopes
                : scopes.stream().map(one -> one.knowing(joined)).toList();
    }

    private static Scope included(Scope scope, Node node, String axis) {
        Map<String, String> known = new LinkedHashMap<>();
        node.strings().forEach((name, value) -> known.put("matrix." + name, scope.plain(value)));
        return scope.knowing(known)
                .within(Refs.ALL, Optional.of(scope.plain(node.get(axis).text())));
    }

    private static boolean names(String axis, String value) {
        return Binding.says(axis)
                ? !value.isBlank() && !value.contains("${{")
                : Environments.strong(value).isPresent() && value.matches("[\\w-]{2,30}");
    }

    private static List<Scope> times(List<Scope> scopes, String axis, List<Cases.Case> values) {
        List<Scope> product = new ArrayList<>();
        for (Scope scope : scopes) {
            for (Cases.Case value : values) {
                if (product.size() < 100) {
                    product.add(scope.knowing(Map.of("matrix." + axis, value.value()))
                            .within(value.refs(), Optional.of(value.value())));
                }
            }
        }
        return product;
    }

    private List<Job> one(String id, Node node, Scope scope, int depth) {
        Refs refs = Conditions.refs(node.get("if").text());
        Scope here = scope.within(refs, Optional.empty());
        String variant =
                scope.bound().isPresent() && node.at("strategy", "matrix").present()
                        ? "@" + scope.bound().get()
                        : "";
        Set<String> needs = new TreeSet<>();
        node.get("needs").texts().forEach(need -> needs.add(scope.prefix() + need));
        needs.addAll(needs.isEmpty() ? scope.needs() : Set.of());
        String name = scope.prefix() + id + variant;
        if (node.get("uses").present()) {
            return call(name, node, here, needs, depth);
        }
        List<Job> jobs = new ArrayList<>();
        Node environment = node.get("environment");
        String said = environment.isMapping() ? environment.get("name").text() : environment.text();
        List<Cases.Case> cases = here.cases().of(said);
        for (Cases.Case one : cases) {
            Scope bound = here.within(one.refs(), Optional.empty());
            if (!bound.refs().equals(Refs.NONE)) {
                instances++;
                jobs.add(job(name + (cases.size() > 1 ? "@" + one.value() : ""), node, bound, needs, one.value()));
            }
        }
        return jobs;
    }

    private Job job(String id, Node node, Scope scope, Set<String> needs, String environment) {
        Scope inside = scope.knowing(variables(node.get("env"), scope));
        List<Step> found = steps.steps(node.get("steps"), inside, 0);
        Optional<Place> gate = found.stream()
                .filter(step -> step.action() instanceof Action.Approval)
                .map(Step::place)
                .findFirst();
        Node container = node.get("container");
        String image = container.isMapping() ? container.get("image").text() : container.text();
        return new Job(
                id,
                inside.plain(node.get("name").text(id)),
                node.key(),
                scope.chain(),
                environment.isBlank() ? Optional.empty() : Optional.of(environment),
                scope.bound(),
                scope.refs(),
                needs,
                gate,
                new Job.Builder(
                        String.join(
                                ",",
                                node.get("runs-on").texts().stream()
                                        .map(inside::plain)
                                        .toList()),
                        inside.plain(image)),
                found,
                Job.Traits.NONE);
    }

    private List<Job> call(String id, Node node, Scope scope, Set<String> needs, int depth) {
        String uses = node.get("uses").text();
        Map<String, String> with = new LinkedHashMap<>();
        List<Cases.Case> environments = List.of(new Cases.Case(Refs.ALL, ""));
        String varying = "";
        for (Map.Entry<String, String> entry : node.get("with").strings().entrySet()) {
            List<Cases.Case> cases = scope.cases().of(entry.getValue());
            with.put(entry.getKey(), cases.size() == 1 ? cases.getFirst().value() : scope.plain(entry.getValue()));
            if (cases.size() > 1
                    && varying.isEmpty()
                    && cases.stream().allMatch(c -> names(entry.getKey(), c.value()))) {
                environments = cases;
                varying = entry.getKey();
            }
        }
        List<Job> jobs = new ArrayList<>();
        for (Cases.Case one : environments) {
            Map<String, String> given = new LinkedHashMap<>(with);
            String name = id;
            if (!varying.isEmpty()) {
                given.put(varying, one.value());
                name = id + "@" + one.value();
            }
            Scope bound = scope.within(one.refs(), Binding.of(given));
            if (!bound.refs().equals(Refs.NONE)) {
                jobs.addAll(callee(name, uses, node, bound, new Given(given, needs, depth)));
            }
        }
        return jobs;
    }

    private record Given(Map<String, String> with, Set<String> needs, int depth) {}

    private List<Job> callee(String id, String uses, Node node, Scope scope, Given given) {
        Optional<String> path = target(uses, scope);
        Node workflow = path.map(documents::document).orElse(Node.ABSENT);
        List<Place> chain = new ArrayList<>(scope.chain());
        chain.add(node.key());
        if (!workflow.get("jobs").isMapping() || given.depth() > DEEPEST) {
            return List.of(unseen(id, uses, node, scope, given));
        }
        Map<String, String> known = new LinkedHashMap<>();
        workflow.at("on", "workflow_call", "inputs").entries().forEach((name, input) -> {
            if (input.get("default").present()) {
                known.put("inputs." + name, input.get("default").text());
            } else if (!input.get("required").text().equals("true")) {
                known.put("inputs." + name, "");
            }
        });
        given.with().forEach((name, value) -> known.put("inputs." + name, value));
        Scope inside = new Scope(
                path.orElse(""),
                id + "/",
                List.copyOf(chain),
                known,
                scope.choices(),
                scope.refs(),
                given.needs(),
                scope.bound());
        return jobs(workflow, inside, given.depth() + 1);
    }

    private Job unseen(String id, String uses, Node node, Scope scope, Given given) {
        instances++;
        Step step = new Step(
                node.get("name").text(id), node.get("uses").key(), new Action.Opaque(uses, given.with()), Map.of(), "");
        return new Job(
                id,
                scope.plain(node.get("name").text(id)),
                node.key(),
                scope.chain(),
                Optional.empty(),
                scope.bound(),
                scope.refs(),
                given.needs(),
                Optional.empty(),
                new Job.Builder("", ""),
                List.of(step),
                Job.Traits.NONE);
    }

    private Optional<String> target(String uses, Scope scope) {
        String path = uses.replaceAll("@.*", "");
        if (path.startsWith("./")) {
            String local = Documents.normal("", path);
            String folder = scope.file().replaceAll("\\.github/workflows/[^/]+$", "");
            return documents.tree().has(folder + local)
                    ? Optional.of(folder + local)
                    : Optional.of(local).filter(documents.tree()::has);
        }
        String[] parts = path.split("/", 3);
        return parts.length == 3 ? documents.elsewhere(parts[0] + "/" + parts[1], parts[2]) : Optional.empty();
    }
}
