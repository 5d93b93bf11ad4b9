package dev.waybill.doctor.read;

import dev.waybill.doctor.expression.Conditions;
import dev.waybill.doctor.model.Action;
import dev.waybill.doctor.model.Job;
import dev.waybill.doctor.model.Step;
import dev.waybill.doctor.source.Place;
import dev.waybill.doctor.yaml.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What Azure templates expand to: parameters, {@code ${{ if }}} and {@code ${{ each }}}, jobs and steps. */
final class AzureTemplates {
    private static final int DEEPEST = 8;
    private final Documents documents;

    AzureTemplates(Documents documents) {
        this.documents = documents;
    }

    /** A template with its parameters bound. */
    record Called(Node root, Scope scope) {}

    static Map<String, String> variables(Node node) {
        Map<String, String> variables = new LinkedHashMap<>(node.isMapping() ? node.strings() : Map.of());
        for (Node item : node.isSequence() ? node.items() : List.<Node>of()) {
            if (item.get("name").present()) {
                variables.put(item.get("name").text(), item.get("value").text());
            }
        }
        return variables;
    }

    static Map<String, String> parameters(Node node) {
        Map<String, String> parameters = new LinkedHashMap<>(node.isMapping() ? node.strings() : Map.of());
        for (Node item : node.isSequence() ? node.items() : List.<Node>of()) {
            parameters.put(item.get("name").text(), item.get("default").text());
        }
        return parameters;
    }

    @Nullable
    Called called(Node call, Scope scope) {
        String said = scope.plain(call.get("template").text());
        Optional<String> path = file(said, scope);
        if (path.isEmpty()) {
            return null;
        }
        Node root = documents.document(path.get());
        Map<String, String> known = new LinkedHashMap<>(scope.known());
        known.keySet().removeIf(name -> name.startsWith("parameters."));
        parameters(root.get("parameters")).forEach((name, value) -> known.put("parameters." + name, value));
        Map<String, String> given = new LinkedHashMap<>();
        call.get("parameters").strings().forEach((name, value) -> given.put(name, scope.plain(value)));
        given.forEach((name, value) -> known.put("parameters." + name, value));
        List<Place> chain = new ArrayList<>(scope.chain());
        chain.add(call.get("template").key());
        Optional<String> bound = Binding.of(given).or(scope::bound);
        Scope inside = new Scope(
                path.get(), scope.prefix(), List.copyOf(chain), known, Map.of(), scope.refs(), scope.needs(), bound);
        return root.isMapping() && chain.size() < 20 ? new Called(root, inside) : null;
    }

    private Optional<String> file(String said, Scope scope) {
        if (said.contains("@") && !said.endsWith("@self")) {
            return Optional.empty();
        }
        String path = said.replace("@self", "");
        String folder = scope.file().contains("/")
                ? scope.file().substring(0, scope.file().lastIndexOf('/'))
                : "";
        String near = Documents.normal(path.startsWith("/") ? "" : folder, path);
        String rooted = Documents.normal("", path);
        return documents.tree().has(near)
                ? Optional.of(near)
                : Optional.of(rooted).filter(documents.tree()::has);
    }

    /** The items of a list, conditions decided where values are known, loops unrolled. */
    List<Node> items(Node list, Scope scope) {
        List<Node> items = new ArrayList<>();
        for (Node item : list.list()) {
            expand(item, scope, items, 0);
        }
        return items;
    }

    private void expand(Node item, Scope scope, List<Node> items, int depth) {
        Optional<Map.Entry<String, Node>> directive = item.entries().entrySet().stream()
                .filter(entry -> entry.getKey().strip().startsWith("${{"))
                .findFirst();
        if (directive.isEmpty() || depth > DEEPEST) {
            items.add(item);
            return;
        }
        String said =
                directive.get().getKey().replace("${{", "").replace("}}", "").strip();
        if (said.startsWith("if ") && Conditions.never(said.substring(3), scope.known())) {
            return;
        }
        for (Node inner : directive.get().getValue().list()) {
            expand(inner, scope, items, depth + 1);
        }
    }

    Job job(Node node, Scope scope, Node pool, String id) {
        Node environment = node.get("environment");
        String said =
                scope.plain(environment.isMapping() ? environment.get("name").text() : environment.text());
        boolean deployment = node.get("deployment").present();
        Set<String> needs = new TreeSet<>(scope.needs());
        node.get("dependsOn").texts().forEach(need -> needs.add(scope.prefix() + scope.plain(need)));
        List<Step> steps = new ArrayList<>();
        Scope inside = scope.knowing(named(variables(node.get("variables")), scope));
        if (node.get("steps").present()) {
            steps(node.get("steps"), inside, steps, 0);
        }
        node.get("strategy")
                .entries()
                .values()
                .forEach(kind -> kind.entries().forEach((phase, body) -> {
                    if (!phase.equals("on") && body.get("steps").present()) {
                        steps(body.get("steps"), inside, steps, 0);
                    }
                }));
        Node container = node.get("container");
        Optional<Place> gate = steps.stream()
                .filter(step -> step.action() instanceof Action.Approval)
                .map(Step::place)
                .findFirst();
        return new Job(
                id,
                scope.plain(node.get("displayName").text(id)),
                start(node),
                scope.chain(),
                said.isBlank() ? Optional.empty() : Optional.of(said),
                scope.bound(),
                scope.refs().and(Conditions.refs(node.get("condition").text())),
                needs,
                gate,
                new Job.Builder(
                        scope.plain(pool.get("vmImage").text(pool.get("name").text(pool.text()))),
                        scope.plain(
                                container.isMapping() ? container.get("image").text() : "")),
                steps,
                new Job.Traits(false, deployment, false));
    }

    private static Place start(Node node) {
        for (String key : List.of("job", "deployment", "steps")) {
            if (node.get(key).present()) {
                return node.get(key).key();
            }
        }
        return node.place();
    }

    private static Map<String, String> named(Map<String, String> variables, Scope scope) {
        Map<String, String> named = new LinkedHashMap<>();
        variables.forEach((name, value) -> named.put("variables." + name, scope.plain(value)));
        return named;
    }

    private void steps(Node list, Scope scope, List<Step> steps, int depth) {
        for (Node node : items(list, scope)) {
            if (node.get("template").present()) {
                Called called = depth < DEEPEST ? called(node, scope) : null;
                if (called == null) {
                    steps.add(new Step("", node.get("template").key(), opaque(node, scope), Map.of(), ""));
                } else {
                    steps(called.root().get("steps"), called.scope(), steps, depth + 1);
                }
            } else if (steps.size() < 2_000) {
                step(node, scope, steps);
            }
        }
    }

    private static Action.Opaque opaque(Node node, Scope scope) {
        return new Action.Opaque(
                scope.plain(node.get("template").text()), node.get("parameters").strings());
    }

    private static void step(Node node, Scope scope, List<Step> steps) {
        String name = scope.plain(node.get("displayName").text());
        Map<String, String> variables = new LinkedHashMap<>();
        scope.known().forEach((key, value) -> {
            if (key.startsWith("variables.")) {
                variables.put(key.substring(10), value);
            }
        });
        node.get("env").strings().forEach((key, value) -> variables.put(key, scope.plain(value)));
        String condition = node.get("condition").text();
        for (String key : List.of("script", "bash", "pwsh", "powershell")) {
            Node script = node.get(key);
            if (script.present()) {
                Action run = new Action.Run(scope.plain(script.text()), script.place(), false);
                steps.add(new Step(name, script.key(), run, variables, condition));
            }
        }
        for (String key : List.of("publish", "download")) {
            if (node.get(key).present() && !node.get(key).text().equals("none")) {
                Action hand = new Action.HandOver(
                        key.equals("publish"), node.get("artifact").text());
                steps.add(new Step(name, node.get(key).key(), hand, variables, condition));
            }
        }
        if (node.get("task").present()) {
            task(
                    node,
                    scope,
                    new Step(name, node.get("task").key(), new Action.Approval(), variables, condition),
                    steps);
        }
    }

    private static void task(Node node, Scope scope, Step like, List<Step> steps) {
        String task = node.get("task").text().toLowerCase(Locale.ROOT);
        Map<String, String> inputs = new LinkedHashMap<>();
        node.get("inputs").strings().forEach((key, value) -> inputs.put(key, scope.plain(value)));
        boolean approval = task.startsWith("manualvalidation") || task.startsWith("manualintervention");
        Action action = approval ? new Action.Approval() : new Action.Use(task, inputs);
        steps.add(new Step(like.name(), like.place(), action, like.variables(), like.condition()));
        for (String key : List.of("script", "inlineScript", "Inline", "commands")) {
            Node script = node.get("inputs").get(key);
            if (script.present() && !task.startsWith("pythonscript")) {
                Action run = new Action.Run(scope.plain(script.text()), script.place(), task.startsWith("ssh"));
                steps.add(new Step(like.name(), script.key(), run, like.variables(), like.condition()));
            }
        }
    }

    Job unseen(Node call, Scope scope, String prefix) {
        Step step = new Step("", call.get("template").key(), opaque(call, scope), Map.of(), "");
        String id = prefix + call.get("template").text();
        Map<String, String> given = call.get("parameters").strings();
        return new Job(
                id,
                id,
                call.get("template").key(),
                scope.chain(),
                Optional.empty(),
                Binding.of(given).or(scope::bound),
                scope.refs(),
                scope.needs(),
                Optional.empty(),
                new Job.Builder("", ""),
                List.of(step),
                Job.Traits.NONE);
    }
}
