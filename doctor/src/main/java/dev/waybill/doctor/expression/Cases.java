package dev.waybill.doctor.expression;

import dev.waybill.doctor.model.Environments;
import dev.waybill.doctor.model.Refs;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The values that a text with {@code ${{ }}} placeholders can have, and for which references each. */
public final class Cases {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{\\{(.*?)\\}\\}", Pattern.DOTALL);
    private static final Pattern LITERAL = Pattern.compile("'((?:[^']|'')*+)'|\"([\\w .-]+)\"");
    private static final int MOST = 40;

    private final Map<String, String> known;
    private final Map<String, List<String>> choices;

    /** One value. */
    public record Case(Refs refs, String value) {}

    /**
     * @param known values by name, as {@code inputs.env}; they may hold placeholders that nobody could replace
     * @param choices what a person can choose at start, by input
     */
    public Cases(Map<String, String> known, Map<String, List<String>> choices) {
        this.known = known;
        this.choices = choices;
    }

    /** Searched up to the last end of one, so that beginnings without an end are not followed to the end of the text each. */
    private static Matcher placeholders(String text) {
        int end = text.lastIndexOf("}}");
        return PLACEHOLDER.matcher(text).region(0, end < 0 ? 0 : end + 2);
    }

    public List<Case> of(String text) {
        List<Case> cases = new ArrayList<>(List.of(new Case(Refs.ALL, "")));
        Matcher matcher = placeholders(text);
        int end = 0;
        while (matcher.find()) {
            String before = text.substring(end, matcher.start());
            cases = joined(cases, before, of(ExprParser.parse(matcher.group(1)), matcher.group(), 0));
            end = matcher.end();
        }
        return joined(cases, text.substring(end), List.of(new Case(Refs.ALL, "")));
    }

    /** With every placeholder replaced that has one known value; the others stay. */
    public String plain(String text) {
        if (!text.contains("${{")) {
            return text;
        }
        Matcher matcher = placeholders(text);
        StringBuilder plain = new StringBuilder();
        while (matcher.find()) {
            Expr expr = ExprParser.parse(matcher.group(1));
            String value = matcher.group();
            if (expr instanceof Expr.Name name) {
                value = known.getOrDefault(name.path(), value);
            } else {
                List<Case> cases = of(expr, value, 0);
                value = cases.size() == 1 ? cases.getFirst().value() : value;
            }
            matcher.appendReplacement(plain, Matcher.quoteReplacement(value));
        }
        return matcher.appendTail(plain).toString();
    }

    private static List<Case> joined(List<Case> left, String between, List<Case> right) {
        List<Case> joined = new ArrayList<>();
        for (Case a : left) {
            for (Case b : right) {
                Refs refs = a.refs().and(b.refs());
                if (joined.size() < MOST && !refs.equals(Refs.NONE)) {
                    joined.add(new Case(refs, a.value() + between + b.value()));
                }
            }
        }
        return joined;
    }

    private List<Case> of(Expr expr, String written, int depth) {
        if (depth > 20) {
            return List.of(new Case(Refs.ALL, written));
        }
        return switch (expr) {
            case Expr.Text text -> List.of(new Case(Refs.ALL, text.value()));
            case Expr.Name name -> named(name.path());
            case Expr.Call call -> call(call, written, depth + 1);
        };
    }

    private List<Case> named(String path) {
        String value = known.get(path);
        if (value != null) {
            return value.contains("${{") && !value.contains(path) ? of(value) : List.of(new Case(Refs.ALL, value));
        }
        String input = path.substring(path.lastIndexOf('.') + 1);
        List<String> options =
                path.startsWith("inputs.") || path.startsWith("github.event.inputs.") ? choices.get(input) : null;
        if (options != null) {
            return options.stream()
                    .map(option -> new Case(Refs.of("dispatch:" + input + "=" + option), option))
                    .toList();
        }
        return List.of(new Case(Refs.ALL, "${{ " + path + " }}"));
    }

    private List<Case> call(Expr.Call call, String written, int depth) {
        List<Expr> parts = call.arguments();
        return switch (call.name()) {
            case "&&" -> {
                Refs refs = Conditions.refs(started(parts.getFirst()));
                yield joined(List.of(new Case(refs, "")), "", of(parts.getLast(), written, depth));
            }
            case "||" -> {
                Set<Case> both = new LinkedHashSet<>();
                parts.forEach(part -> of(part, written, depth).stream()
                        .filter(c -> !c.value().isEmpty() && !c.value().equals("false"))
                        .forEach(both::add));
                yield otherwise(List.copyOf(both));
            }
            case "fromjson", "tojson" ->
                parts.isEmpty() ? literals(written) : json(of(parts.getFirst(), written, depth), written);
            case "format" -> parts.isEmpty() ? literals(written) : formatted(parts, written, depth);
            default -> List.of(new Case(Refs.ALL, written));
        };
    }

    /** Inputs of this run that a person chooses at start are named as those of the event. */
    private Expr started(Expr expr) {
        return switch (expr) {
            case Expr.Text text -> text;
            case Expr.Name name -> {
                boolean chosen = name.path().startsWith("inputs.") && !known.containsKey(name.path());
                yield chosen && choices.containsKey(name.path().substring(7))
                        ? new Expr.Name("github.event." + name.path())
                        : name;
            }
            case Expr.Call call ->
                new Expr.Call(
                        call.name(),
                        call.arguments().stream().map(this::started).toList());
        };
    }

    private List<Case> formatted(List<Expr> parts, String written, int depth) {
        List<Case> cases = of(parts.getFirst(), written, depth);
        for (int i = 1; i < parts.size(); i++) {
            List<Case> filled = new ArrayList<>();
            for (Case template : cases) {
                for (Case value : of(parts.get(i), written, depth)) {
                    Refs refs = template.refs().and(value.refs());
                    if (filled.size() < MOST && !refs.equals(Refs.NONE)) {
                        filled.add(new Case(refs, template.value().replace("{" + (i - 1) + "}", value.value())));
                    }
                }
            }
            cases = filled;
        }
        return cases;
    }

    /** The last of several alternatives holds where none of the others does. */
    private static List<Case> otherwise(List<Case> cases) {
        if (cases.size() < 2 || !cases.getLast().refs().unrestricted()) {
            return cases;
        }
        List<Case> known = cases.subList(0, cases.size() - 1);
        boolean opposite = known.stream().allMatch(c -> c.refs().equals(Refs.of("tag")));
        boolean branches = !known.isEmpty()
                && known.stream().allMatch(c -> c.refs().any().stream().allMatch(r -> r.startsWith("branch:")));
        if (!opposite && !branches) {
            return cases;
        }
        List<Case> split = new ArrayList<>(known);
        split.add(new Case(
                opposite ? Refs.of("branch:*") : Refs.of("branch:(other)"),
                cases.getLast().value()));
        return split;
    }

    private List<Case> json(List<Case> inside, String written) {
        List<Case> found = new ArrayList<>();
        for (Case one : inside) {
            if (one.value().strip().startsWith("[")) {
                Matcher matcher = Pattern.compile("[\"']([^\"']+)[\"']").matcher(one.value());
                while (matcher.find()) {
                    found.add(new Case(one.refs(), matcher.group(1)));
                }
            }
        }
        return found.isEmpty() ? literals(written) : found;
    }

    /** Too involved to evaluate: the environments that its literals name. */
    private static List<Case> literals(String written) {
        Set<Case> found = new LinkedHashSet<>();
        Matcher matcher = LITERAL.matcher(written);
        while (matcher.find()) {
            String text = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
            Matcher listed = Pattern.compile("[\"]([\\w-]+)[\"]").matcher(text);
            while (listed.find()) {
                found.add(new Case(Refs.ALL, listed.group(1)));
            }
            if (Environments.rank(text) > 0 && text.matches("[\\w-]+")) {
                found.add(new Case(Refs.ALL, text));
            }
        }
        return found.isEmpty() ? List.of(new Case(Refs.ALL, written)) : List.copyOf(found);
    }
}
