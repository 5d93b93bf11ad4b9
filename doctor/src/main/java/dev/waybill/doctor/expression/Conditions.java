package dev.waybill.doctor.expression;

import dev.waybill.doctor.model.Refs;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** For which references a condition can hold. What is not understood restricts nothing. */
public final class Conditions {
    private static final Set<String> BRANCH = Set.of(
            "github.ref_name",
            "$ci_commit_branch",
            "$ci_commit_ref_name",
            "$ci_commit_ref_slug",
            "github.ref",
            "github.event.workflow_run.head_branch",
            "variables.build.sourcebranch",
            "variables.build.sourcebranchname",
            "build.sourcebranch",
            "build.sourcebranchname",
            "pipeline.git.branch",
            "env.branch_name",
            "branch_name",
            "github.event.ref");
    private static final Map<String, String> EVENTS = Map.of(
            "push",
            "branch:*,tag",
            "pull_request",
            "pr",
            "pull_request_target",
            "pr",
            "workflow_dispatch",
            "dispatch",
            "release",
            "release",
            "schedule",
            "schedule",
            "merge_request_event",
            "pr",
            "manual",
            "dispatch");

    private Conditions() {}

    public static Refs refs(String condition) {
        return condition.isBlank() ? Refs.ALL : refs(ExprParser.parse(condition));
    }

    public static Refs refs(Expr condition) {
        if (condition instanceof Expr.Name name) {
            return truthy(name.path());
        }
        if (!(condition instanceof Expr.Call call)) {
            return Refs.ALL;
        }
        List<Expr> parts = call.arguments();
        return switch (call.name()) {
            case "&&", "and" -> parts.stream().map(Conditions::refs).reduce(Refs.ALL, Refs::and);
            case "||", "or" ->
                parts.stream().map(Conditions::refs).reduce(Refs::or).orElse(Refs.ALL);
            case "==", "eq" -> parts.size() == 2 ? equal(parts.get(0), parts.get(1)) : Refs.ALL;
            case "!=", "ne" -> parts.size() == 2 ? differs(parts.get(0), parts.get(1)) : Refs.ALL;
            case "startswith" -> parts.size() == 2 ? starts(parts.get(0), parts.get(1)) : Refs.ALL;
            case "=~" -> parts.size() == 2 ? matches(parts.get(0)) : Refs.ALL;
            default -> Refs.ALL;
        };
    }

    private static Refs truthy(String path) {
        return switch (path.toLowerCase(Locale.ROOT)) {
            case "$ci_commit_tag" -> Refs.of("tag");
            case "$ci_commit_branch" -> Refs.of("branch:*");
            default -> Refs.ALL;
        };
    }

    private static Refs equal(Expr left, Expr right) {
        if (left instanceof Expr.Text && right instanceof Expr.Name) {
            return equal(right, left);
        }
        if (!(left instanceof Expr.Name name)) {
            return Refs.ALL;
        }
        String path = name.path().toLowerCase(Locale.ROOT);
        String value =
                right instanceof Expr.Text text ? text.value() : right instanceof Expr.Name other ? other.path() : "";
        if (BRANCH.contains(path)) {
            return reference(value);
        }
        boolean plain = value.equals("push") || !EVENTS.containsKey(value);
        if (path.equals("$ci_pipeline_source") && plain) {
            return Refs.ALL;
        }
        if (path.equals("github.event_name") || path.equals("$ci_pipeline_source") || path.endsWith("build.reason")) {
            return Refs.of(Set.of(EVENTS.getOrDefault(value.toLowerCase(Locale.ROOT), "event-" + value)
                    .split(",")));
        }
        if (path.equals("github.ref_type")) {
            return Refs.of(value.equals("tag") ? "tag" : "branch:*");
        }
        return input(path)
                .map(input -> Refs.of("dispatch:" + input + "=" + value))
                .orElse(Refs.ALL);
    }

    private static Optional<String> input(String path) {
        for (String prefix : List.of("github.event.inputs.", "pipeline.parameters.", "params.")) {
            if (path.startsWith(prefix)) {
                return Optional.of(path.substring(prefix.length()));
            }
        }
        return Optional.empty();
    }

    /** A reference as the providers write it. */
    public static Refs reference(String value) {
        if (value.equalsIgnoreCase("$ci_default_branch") || value.contains("default_branch")) {
            return Refs.of("branch:main");
        }
        if (value.startsWith("refs/tags/")) {
            return Refs.of("tag");
        }
        return Refs.of("branch:" + value.replace("refs/heads/", ""));
    }

    private static Refs differs(Expr left, Expr right) {
        boolean branch =
                left instanceof Expr.Name name && BRANCH.contains(name.path().toLowerCase(Locale.ROOT));
        if (!branch || !(right instanceof Expr.Text text) || text.value().isEmpty()) {
            return Refs.ALL;
        }
        String value = text.value().replace("refs/heads/", "");
        return Refs.of(Set.of("branch:!" + value, "tag", "pr", "dispatch", "schedule", "release"));
    }

    private static Refs starts(Expr left, Expr right) {
        if (!(left instanceof Expr.Name name) || !(right instanceof Expr.Text text)) {
            return Refs.ALL;
        }
        if (text.value().startsWith("refs/tags")) {
            return Refs.of("tag");
        }
        boolean branch = BRANCH.contains(name.path().toLowerCase(Locale.ROOT));
        String value = text.value().replace("refs/heads/", "");
        return branch && !value.isEmpty() ? Refs.of("branch:" + value + "*", "tag") : Refs.ALL;
    }

    private static Refs matches(Expr left) {
        return left instanceof Expr.Name name && name.path().equalsIgnoreCase("$CI_COMMIT_TAG")
                ? Refs.of("tag")
                : Refs.ALL;
    }

    /** Whether a condition is surely false once known values are put in. */
    public static boolean never(String condition, Map<String, String> known) {
        return !condition.isBlank() && truth(ExprParser.parse(condition), known) == -1;
    }

    /** 1 true, -1 false, 0 nobody knows. */
    private static int truth(Expr expr, Map<String, String> known) {
        if (!(expr instanceof Expr.Call call)) {
            String value = value(expr, known).orElse("?");
            return value.equals("false") || value.isEmpty() ? -1 : value.equals("true") ? 1 : 0;
        }
        List<Expr> parts = call.arguments();
        return switch (call.name()) {
            case "&&", "and" ->
                parts.stream().mapToInt(part -> truth(part, known)).min().orElse(0);
            case "||", "or" ->
                parts.stream().mapToInt(part -> truth(part, known)).max().orElse(0);
            case "!", "not" -> parts.isEmpty() ? 0 : -truth(parts.getFirst(), known);
            case "==", "eq" -> same(parts, known);
            case "!=", "ne" -> -same(parts, known);
            default -> 0;
        };
    }

    private static int same(List<Expr> parts, Map<String, String> known) {
        if (parts.size() != 2) {
            return 0;
        }
        Optional<String> left = value(parts.get(0), known);
        Optional<String> right = value(parts.get(1), known);
        return left.isEmpty() || right.isEmpty() ? 0 : left.get().equalsIgnoreCase(right.get()) ? 1 : -1;
    }

    private static Optional<String> value(Expr expr, Map<String, String> known) {
        String value = switch (expr) {
            case Expr.Text text -> text.value();
            case Expr.Name name -> known.get(name.path());
            case Expr.Call call -> null;
        };
        return Optional.ofNullable(value).filter(v -> !v.contains("${") && !v.contains("$(") && !v.contains("<<"));
    }
}
