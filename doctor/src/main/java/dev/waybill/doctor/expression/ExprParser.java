package dev.waybill.doctor.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One parser for the expression languages of GitHub, GitLab, Azure and CircleCI: they share operators, differ in names.
 * Tolerant: what does not fit ends the expression.
 */
public final class ExprParser {
    private static final Pattern TOKEN = Pattern.compile(
            "\\s*(?:(&&|\\|\\||==|!=|=~|!~|<=|>=|[()!,<>\\[\\]])|'((?:[^']|'')*+)'|\"([^\"]*)\"|(/(?:[^/\\\\]|\\\\.)++/i?)|(\\$\\{[^}]*\\}|[\\w$.*\\-]+))");
    private static final int DEEPEST = 60;

    private final List<String> tokens = new ArrayList<>();
    private final List<Boolean> literal = new ArrayList<>();
    private int at;
    private int depth;

    private ExprParser(String text) {
        Matcher matcher = TOKEN.matcher(text);
        int end = 0;
        while (end < text.length() && matcher.region(end, text.length()).lookingAt() && tokens.size() < 2_000) {
            boolean quoted = matcher.group(2) != null || matcher.group(3) != null || matcher.group(4) != null;
            String token = matcher.group(2) != null ? matcher.group(2).replace("''", "'") : first(matcher);
            tokens.add(token);
            literal.add(quoted);
            end = matcher.end();
        }
    }

    private static String first(Matcher matcher) {
        for (int group : new int[] {1, 3, 4, 5}) {
            if (matcher.group(group) != null) {
                return matcher.group(group);
            }
        }
        return "";
    }

    /** @param text without the braces of a placeholder */
    public static Expr parse(String text) {
        return new ExprParser(text.replace("${{", " ").replace("}}", " ")).or();
    }

    private Expr or() {
        Expr left = and();
        while (take("||") || take("or")) {
            left = new Expr.Call("||", List.of(left, and()));
        }
        return left;
    }

    private Expr and() {
        Expr left = comparison();
        while (take("&&") || take("and")) {
            left = new Expr.Call("&&", List.of(left, comparison()));
        }
        return left;
    }

    private Expr comparison() {
        Expr left = unary();
        for (String operator : List.of("==", "!=", "=~", "!~", "<", ">", "<=", ">=")) {
            if (take(operator)) {
                return new Expr.Call(operator, List.of(left, unary()));
            }
        }
        return left;
    }

    private Expr unary() {
        if (++depth > DEEPEST) {
            at = tokens.size();
        }
        try {
            if (take("!")) {
                return new Expr.Call("!", List.of(unary()));
            }
            if (take("(")) {
                Expr inside = or();
                take(")");
                return inside;
            }
            return primary();
        } finally {
            depth--;
        }
    }

    private Expr primary() {
        if (at >= tokens.size()) {
            return new Expr.Text("");
        }
        String token = tokens.get(at);
        boolean text = literal.get(at);
        at++;
        if (text || token.matches("true|false|null|-?\\d+(\\.\\d+)?")) {
            return new Expr.Text(token.equals("null") && !text ? "" : token);
        }
        if (take("(")) {
            return new Expr.Call(token.toLowerCase(Locale.ROOT), arguments(")"));
        }
        String path = token;
        while (take("[")) {
            List<Expr> index = arguments("]");
            path += !index.isEmpty() && index.getFirst() instanceof Expr.Text key ? "." + key.value() : ".*";
        }
        return new Expr.Name(path);
    }

    private List<Expr> arguments(String close) {
        List<Expr> arguments = new ArrayList<>();
        while (at < tokens.size() && !take(close)) {
            int before = at;
            arguments.add(or());
            take(",");
            if (at == before) {
                at++;
            }
        }
        return arguments;
    }

    private boolean take(String token) {
        if (at < tokens.size() && !literal.get(at) && tokens.get(at).equals(token)) {
            at++;
            return true;
        }
        return false;
    }
}
