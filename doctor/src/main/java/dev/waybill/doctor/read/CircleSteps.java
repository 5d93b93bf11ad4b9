package dev.waybill.doctor.read;

import dev.waybill.doctor.model.Action;
import dev.waybill.doctor.model.Step;
import dev.waybill.doctor.source.Place;
import dev.waybill.doctor.yaml.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The steps of a CircleCI job, commands expanded with their parameters. */
final class CircleSteps {
    private static final Pattern PARAMETER = Pattern.compile("<<\\s*(parameters\\.[\\w-]+)\\s*>>");
    private static final int DEEPEST = 8;

    private final Node root;

    CircleSteps(Node root) {
        this.root = root;
    }

    static Map<String, String> variables(Node definition) {
        return new LinkedHashMap<>(definition.get("environment").strings());
    }

    List<Step> steps(Node list, Map<String, String> known, Map<String, String> variables, int depth) {
        List<Step> steps = new ArrayList<>();
        for (Node item : list.list()) {
            if (item.isScalar()) {
                named(item.text(), Node.ABSENT, item.place(), new Around(known, variables, depth), steps);
            }
            item.entries()
                    .forEach((name, body) -> named(name, body, body.key(), new Around(known, variables, depth), steps));
        }
        return steps;
    }

    private record Around(Map<String, String> known, Map<String, String> variables, int depth) {}

    private void named(String name, Node body, Place place, Around around, List<Step> steps) {
        if (steps.size() > 2_000 || around.depth() > DEEPEST) {
            return;
        }
        switch (name) {
            case "run" -> {
                Node command = body.isScalar() ? body : body.get("command");
                Map<String, String> all = new LinkedHashMap<>(around.variables());
                body.get("environment").strings().forEach((key, value) -> all.put(key, filled(value, around.known())));
                Action run = new Action.Run(filled(command.text(), around.known()), command.place(), false);
                steps.add(new Step(filled(body.get("name").text(), around.known()), place, run, all, ""));
            }
            case "when", "unless" ->
                steps.addAll(steps(body.get("steps"), around.known(), around.variables(), around.depth() + 1));
            case "persist_to_workspace" ->
                steps.add(new Step("", place, new Action.HandOver(true, "workspace"), Map.of(), ""));
            case "attach_workspace" ->
                steps.add(new Step("", place, new Action.HandOver(false, "workspace"), Map.of(), ""));
            case "checkout",
                    "save_cache",
                    "restore_cache",
                    "store_artifacts",
                    "store_test_results",
                    "setup_remote_docker",
                    "add_ssh_keys" -> {
                // Deliver nothing.
            }
            default -> command(name, body, place, around, steps);
        }
    }

    private void command(String name, Node body, Place place, Around around, List<Step> steps) {
        Node definition = root.at("commands", name);
        Map<String, String> inputs = new LinkedHashMap<>();
        body.strings().forEach((key, value) -> inputs.put(key, filled(value, around.known())));
        if (!definition.present()) {
            steps.add(new Step("", place, new Action.Use(name, inputs), Map.of(), ""));
            return;
        }
        Map<String, String> known = new LinkedHashMap<>();
        definition
                .get("parameters")
                .entries()
                .forEach((key, parameter) ->
                        known.put("parameters." + key, parameter.get("default").text()));
        inputs.forEach((key, value) -> known.put("parameters." + key, value));
        steps.addAll(steps(definition.get("steps"), known, around.variables(), around.depth() + 1));
    }

    static String filled(String text, Map<String, String> known) {
        Matcher matcher = PARAMETER.matcher(text);
        return matcher.replaceAll(found -> Matcher.quoteReplacement(known.getOrDefault(found.group(1), found.group())));
    }
}
