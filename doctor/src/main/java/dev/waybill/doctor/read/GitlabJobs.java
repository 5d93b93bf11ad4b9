package dev.waybill.doctor.read;

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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Jobs of a merged GitLab configuration: {@code extends}, {@code !reference}, {@code default}, rules, needs, matrix. */
final class GitlabJobs {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{?([A-Za-z_]\\w*)\\}?");
    private static final int DEEPEST = 12;

    private final Map<String, Node> entries;
    private final Refs refs;
    private final Optional<Place> byHand;
    private final List<String> stages;
    private final Map<String, String> stageOf = new LinkedHashMap<>();

    /** @param byHand where it stands that a person starts every pipeline */
    GitlabJobs(Map<String, Node> entries, Refs refs, Optional<Place> byHand) {
        this.byHand = byHand;
        this.entries = entries;
        this.refs = refs;
        List<String> named = new ArrayList<>(List.of(".pre"));
        List<String> said = entries.getOrDefault("stages", Node.ABSENT).texts();
        named.addAll(said.isEmpty() ? List.of("build", "test", "deploy") : said);
        named.add(".post");
        this.stages = named;
        entries.forEach((name, node) -> {
            if (!name.startsWith(".")
                    && (node.get("script").present()
                            || node.get("extends").present()
                            || node.get("trigger").present()
                            || node.get("stage").present())) {
                stageOf.put(name, extended(node, 0).get("stage").text("test"));
            }
        });
    }

    List<Job> job(String name, Node written) {
        Node node = extended(written, 0);
        boolean job = node.get("script").present()
                || node.get("trigger").present()
                || node.get("run").present();
        if (!job) {
            return List.of();
        }
        List<Job> jobs = new ArrayList<>();
        List<Map<String, String>> axes = axes(node.at("parallel", "matrix"));
        for (Map<String, String> axis : axes) {
            Map<String, String> variables = variables(entries.getOrDefault("variables", Node.ABSENT));
            variables.putAll(variables(node.get("variables")));
            variables.putAll(axis);
            String suffix = axis.isEmpty() ? "" : "@" + String.join(",", axis.values());
            jobs.add(built(name + suffix, node.under(written.key()), variables, Binding.of(axis)));
        }
        return jobs;
    }

    private static List<Map<String, String>> axes(Node matrix) {
        List<Map<String, String>> all = new ArrayList<>();
        for (Node group : matrix.list()) {
            for (Map.Entry<String, Node> axis : group.entries().entrySet()) {
                List<String> values = axis.getValue().texts();
                boolean environments = Binding.says(axis.getKey())
                        || (!values.isEmpty()
                                && values.stream()
                                        .allMatch(v -> Environments.strong(v).isPresent()));
                if (environments && all.isEmpty()) {
                    values.forEach(value -> all.add(Map.of(axis.getKey(), value)));
                }
            }
        }
        return all.isEmpty() ? List.of(Map.of()) : all;
    }

    private Job built(String name, Node node, Map<String, String> variables, Optional<String> bound) {
        Refs own = refs.and(node.get("rules").present() ? GitlabFile.ruled(node.get("rules")) : only(node));
        Node environment = node.get("environment");
        String said = environment.isMapping() ? environment.get("name").text() : environment.text();
        boolean stops = environment.get("action").text().matches("stop|verify|access");
        Node artifacts = node.get("artifacts");
        boolean consumes = !(node.get("dependencies").isSequence()
                && node.get("dependencies").items().isEmpty());
        Node image = image(node);
        return new Job(
                name,
                name,
                node.key(),
                List.of(),
                said.isEmpty() ? Optional.empty() : Optional.of(filled(said, variables)),
                bound,
                own,
                needs(name, node),
                gate(node).or(() -> byHand),
                new Job.Builder(
                        String.join(",", node.get("tags").texts()),
                        filled(image.isMapping() ? image.get("name").text() : image.text(), variables)),
                steps(node, variables),
                new Job.Traits(artifacts.get("paths").present(), consumes, stops));
    }

    private Node image(Node node) {
        if (node.get("image").present()) {
            return node.get("image");
        }
        Node preset = entries.getOrDefault("default", Node.ABSENT).get("image");
        return preset.present() ? preset : entries.getOrDefault("image", Node.ABSENT);
    }

    private Set<String> needs(String name, Node node) {
        Set<String> needs = new TreeSet<>();
        if (node.get("needs").present()) {
            for (Node need : node.get("needs").list()) {
                needs.add(need.isMapping() ? need.get("job").text() : need.text());
            }
            return needs;
        }
        int mine = stages.indexOf(node.get("stage").text("test"));
        stageOf.forEach((other, stage) -> {
            if (stages.indexOf(stage) < mine && !other.equals(name)) {
                needs.add(other);
            }
        });
        return needs;
    }

    private static Optional<Place> gate(Node node) {
        if (node.get("when").text().equals("manual")) {
            return Optional.of(node.get("when").key());
        }
        List<Node> rules = node.get("rules").list();
        List<Node> open = rules.stream()
                .filter(rule -> !rule.get("when").text().equals("never"))
                .toList();
        boolean manual = !open.isEmpty()
                && open.stream()
                        .allMatch(rule -> rule.get("when").text().equals("manual")
                                || rule.get("if").text().matches("(?s).*==\\s*[\"']web[\"'].*"));
        return manual ? Optional.of(open.getFirst().place()) : Optional.empty();
    }

    private static Refs only(Node node) {
        Node only = node.get("only");
        List<String> refs = only.isMapping() ? only.get("refs").texts() : only.texts();
        List<String> except = node.get("except").isMapping()
                ? node.at("except", "refs").texts()
                : node.get("except").texts();
        Set<String> atoms = new TreeSet<>();
        for (String ref : refs) {
            atoms.add(
                    switch (ref) {
                        case "branches" -> "branch:*";
                        case "tags" -> "tag";
                        case "merge_requests" -> "pr";
                        case "web", "api", "triggers", "pipelines" -> "dispatch";
                        case "schedules" -> "schedule";
                        default ->
                            ref.startsWith("/")
                                    ? (ref.contains("v") && ref.contains("\\.") ? "tag" : "branch:*")
                                    : "branch:" + ref;
                    });
        }
        if (atoms.isEmpty()
                && except.size() == 1
                && except.getFirst().matches("[\\w-]+")
                && !except.getFirst().endsWith("s")) {
            atoms.addAll(Set.of("branch:!" + except.getFirst(), "tag"));
        }
        return Refs.of(atoms);
    }

    private List<Step> steps(Node node, Map<String, String> variables) {
        List<Step> steps = new ArrayList<>();
        Node preset = entries.getOrDefault("default", Node.ABSENT).get("before_script");
        Node before = node.get("before_script").present()
                ? node.get("before_script")
                : preset.present() ? preset : entries.getOrDefault("before_script", Node.ABSENT);
        for (Node part : List.of(before, node.get("script"), node.get("after_script"))) {
            for (Node line : flat(part, 0)) {
                steps.add(new Step("", line.place(), new Action.Run(line.text(), line.place(), false), variables, ""));
            }
        }
        Node trigger = node.get("trigger");
        if (trigger.present()) {
            String what =
                    trigger.isScalar() ? trigger.text() : trigger.get("project").text("a child pipeline");
            steps.add(new Step("", trigger.key(), new Action.Trigger(what), variables, ""));
        }
        if (node.at("artifacts", "paths").present()) {
            String named = node.at("artifacts", "name")
                    .text(String.join(" ", node.at("artifacts", "paths").texts()));
            steps.add(new Step("", node.get("artifacts").key(), new Action.HandOver(true, named), variables, ""));
        }
        return steps;
    }

    /** Lines of a script, lists in lists and {@code !reference} resolved. */
    private List<Node> flat(Node node, int depth) {
        if (depth > DEEPEST) {
            return List.of();
        }
        if (node.tag().equals("!reference")) {
            List<String> path = node.texts();
            Node target =
                    path.isEmpty() ? Node.ABSENT : extended(entries.getOrDefault(path.getFirst(), Node.ABSENT), depth);
            for (String key : path.subList(Math.min(1, path.size()), path.size())) {
                target = target.get(key);
            }
            return flat(target, depth + 1);
        }
        if (node.isScalar()) {
            return List.of(node);
        }
        List<Node> lines = new ArrayList<>();
        node.items().forEach(item -> lines.addAll(flat(item, depth + 1)));
        return lines;
    }

    private Node extended(Node node, int depth) {
        Node base = Node.ABSENT;
        for (String parent : node.get("extends").texts()) {
            Node found = entries.getOrDefault(parent, Node.ABSENT);
            if (found.present() && depth < DEEPEST) {
                Node whole = extended(found, depth + 1);
                base = base.present() ? GitlabFile.over(base, whole) : whole;
            }
        }
        return base.present() ? GitlabFile.over(base, node) : node;
    }

    private static Map<String, String> variables(Node node) {
        Map<String, String> variables = new LinkedHashMap<>();
        node.entries()
                .forEach((name, value) -> variables.put(
                        name, value.isMapping() ? value.get("value").text() : value.text()));
        return variables;
    }

    /** With the variables that the configuration itself sets. */
    private static String filled(String text, Map<String, String> variables) {
        String filled = text;
        for (int turns = 0; turns < 4 && filled.contains("$"); turns++) {
            Matcher matcher = VARIABLE.matcher(filled);
            StringBuilder next = new StringBuilder();
            while (matcher.find()) {
                String value = variables.getOrDefault(matcher.group(1), matcher.group());
                matcher.appendReplacement(
                        next, Matcher.quoteReplacement(value.contains(matcher.group()) ? matcher.group() : value));
            }
            filled = matcher.appendTail(next).toString();
        }
        return filled.length() > 500 ? text : filled;
    }
}
