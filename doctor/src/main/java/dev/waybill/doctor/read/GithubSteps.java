package dev.waybill.doctor.read;

import dev.waybill.doctor.expression.Conditions;
import dev.waybill.doctor.model.Action;
import dev.waybill.doctor.model.Step;
import dev.waybill.doctor.source.Place;
import dev.waybill.doctor.yaml.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The steps of a job or a composite action. */
final class GithubSteps {
    private static final int DEEPEST = 6;
    private static final List<String> SCRIPTS = List.of("script", "run", "inlineScript", "inline-script", "command");

    private final Documents documents;

    GithubSteps(Documents documents) {
        this.documents = documents;
    }

    List<Step> steps(Node list, Scope scope, int depth) {
        List<Step> steps = new ArrayList<>();
        for (Node node : list.list()) {
            if (node.isMapping() && !Conditions.never(node.get("if").text(), scope.known())) {
                Map<String, String> variables = new LinkedHashMap<>();
                scope.known().forEach((name, value) -> {
                    if (name.startsWith("env.")) {
                        variables.put(name.substring(4), value);
                    }
                });
                node.get("env").strings().forEach((name, value) -> variables.put(name, scope.plain(value)));
                steps.addAll(step(node, scope, variables, depth));
            }
        }
        return steps;
    }

    private List<Step> step(Node node, Scope scope, Map<String, String> variables, int depth) {
        String name = scope.plain(node.get("name").text());
        String condition = scope.plain(node.get("if").text());
        if (node.get("run").present()) {
            Node run = node.get("run");
            Place place = run.key();
            Action action = new Action.Run(scope.plain(run.text()), run.place(), false);
            return List.of(new Step(name, place, action, variables, condition));
        }
        String uses = node.get("uses").text();
        if (uses.isEmpty()) {
            return List.of();
        }
        Map<String, String> inputs = new LinkedHashMap<>();
        node.get("with").strings().forEach((key, value) -> inputs.put(key, scope.plain(value)));
        Place place = node.get("uses").key();
        Optional<List<Step>> inside = composite(uses, inputs, scope, depth);
        if (inside.isPresent()) {
            return inside.get().stream()
                    .map(step -> new Step(
                            step.name().isEmpty() ? name : step.name(),
                            step.place(),
                            step.action(),
                            merged(variables, step),
                            condition.isEmpty() ? step.condition() : condition))
                    .toList();
        }
        List<Step> steps = new ArrayList<>();
        steps.add(new Step(name, place, action(uses, inputs), variables, condition));
        script(uses, node.get("with"), scope)
                .ifPresent(run -> steps.add(new Step(name, place, run, variables, condition)));
        return steps;
    }

    private static Map<String, String> merged(Map<String, String> outer, Step step) {
        Map<String, String> all = new LinkedHashMap<>(outer);
        all.putAll(step.variables());
        return all;
    }

    private static Action action(String uses, Map<String, String> inputs) {
        String bare = uses.replaceAll("@.*", "").toLowerCase(Locale.ROOT);
        if (uses.startsWith("./")) {
            return new Action.Opaque(uses, inputs);
        }
        if (bare.equals("trstringer/manual-approval")) {
            return new Action.Approval();
        }
        if (bare.matches("actions/upload-artifact(/.*)?") || bare.matches("actions/download-artifact(/.*)?")) {
            return new Action.HandOver(bare.contains("upload"), inputs.getOrDefault("name", ""));
        }
        return new Action.Use(bare, inputs);
    }

    /** Scripts handed to an action: on the remote host for ssh actions, here for the others. */
    private static Optional<Action> script(String uses, Node with, Scope scope) {
        boolean ssh = uses.toLowerCase(Locale.ROOT).contains("ssh");
        if (uses.startsWith("actions/github-script")) {
            return Optional.empty();
        }
        return SCRIPTS.stream()
                .map(with::get)
                .filter(Node::isScalar)
                .filter(node -> node.text().contains(" ") || node.text().contains("\n"))
                .findFirst()
                .map(node -> new Action.Run(scope.plain(node.text()), node.place(), ssh));
    }

    private Optional<List<Step>> composite(String uses, Map<String, String> inputs, Scope scope, int depth) {
        Optional<String> file = definition(uses, scope);
        Node action = file.map(documents::document).orElse(Node.ABSENT);
        if (!action.at("runs", "steps").isSequence() || depth > DEEPEST) {
            return Optional.empty();
        }
        Map<String, String> known = new LinkedHashMap<>();
        action.get("inputs")
                .entries()
                .forEach((name, input) ->
                        known.put("inputs." + name, input.get("default").text()));
        inputs.forEach((name, value) -> known.put("inputs." + name, value));
        return Optional.of(steps(action.at("runs", "steps"), scope.knowing(known), depth + 1));
    }

    private Optional<String> definition(String uses, Scope scope) {
        String path = uses.replaceAll("@.*", "");
        for (String name : List.of("action.yml", "action.yaml")) {
            if (path.startsWith("./")) {
                String folder = scope.file().replaceAll("\\.github/workflows/[^/]+$", "");
                String local = Documents.normal("", path + "/" + name);
                if (documents.tree().has(folder + local)) {
                    return Optional.of(folder + local);
                }
            } else {
                String[] parts = path.split("/", 3);
                String inside = parts.length == 3 ? parts[2] + "/" + name : name;
                Optional<String> found =
                        parts.length > 1 ? documents.elsewhere(parts[0] + "/" + parts[1], inside) : Optional.empty();
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }
}
