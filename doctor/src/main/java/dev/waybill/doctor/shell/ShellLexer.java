package dev.waybill.doctor.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Words and operators of POSIX shell and bash (XCU 2.3, token recognition), tolerant: an unclosed quote ends with the
 * text. Placeholders of the providers ({@code ${{ }}}, {@code $(name)}, {@code $[[ ]]}, {@code << parameters.x >>}) are
 * parts of words.
 */
final class ShellLexer {
    private static final Pattern MACRO = Pattern.compile("\\$\\([A-Za-z_][\\w.:-]*\\)");
    private static final Pattern ANGLED = Pattern.compile("<<\\s*(?:parameters|pipeline|matrix)\\.[^>\\n]{0,200}>>");
    private static final Pattern OPERATOR = Pattern.compile("&&|\\|\\||;;|\\|&|[;|&()]");
    private static final Pattern REDIRECT = Pattern.compile("&>>?|>>|>&|<&|<<<|>\\||[<>]");
    private static final Pattern HEREDOC = Pattern.compile("<<-?\\s*(['\"]?)([\\w.-]+)\\1");

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private final List<PendingDocument> pending = new ArrayList<>();
    private int at;
    private int line;

    private record PendingDocument(String delimiter, int token) {}

    private ShellLexer(String text) {
        this.text = text;
    }

    static List<Token> tokens(String text) {
        ShellLexer lexer = new ShellLexer(text);
        while (lexer.at < text.length()) {
            lexer.next();
        }
        return lexer.tokens;
    }

    private void next() {
        char c = text.charAt(at);
        if (c == '\n') {
            add(Token.Kind.LINE_END, "\n", List.of());
            at++;
            line++;
            documents();
        } else if (c == ' ' || c == '\t' || c == '\r') {
            at++;
        } else if (c == '\\' && at + 1 < text.length() && text.charAt(at + 1) == '\n') {
            at += 2;
            line++;
        } else if (c == '#') {
            int end = text.indexOf('\n', at);
            at = end < 0 ? text.length() : end;
        } else if (!operator()) {
            word();
        }
    }

    private boolean operator() {
        Matcher angled = match(ANGLED);
        if (angled != null) {
            return false;
        }
        Matcher document = match(HEREDOC);
        if (document != null) {
            pending.add(new PendingDocument(document.group(2), tokens.size()));
            add(Token.Kind.HEREDOC, document.group(2), List.of());
            at = document.end();
            return true;
        }
        Matcher redirect = match(REDIRECT);
        if (redirect != null && !text.startsWith("<(", at) && !text.startsWith(">(", at)) {
            add(Token.Kind.REDIRECT, redirect.group(), List.of());
            at = redirect.end();
            return true;
        }
        Matcher operator = match(OPERATOR);
        if (operator != null) {
            add(Token.Kind.OPERATOR, operator.group(), List.of());
            at = operator.end();
            return true;
        }
        return false;
    }

    private @Nullable Matcher match(Pattern pattern) {
        Matcher matcher = pattern.matcher(text).region(at, text.length());
        return matcher.lookingAt() ? matcher : null;
    }

    private void documents() {
        for (PendingDocument document : pending) {
            StringBuilder body = new StringBuilder();
            while (at < text.length()) {
                int end = text.indexOf('\n', at);
                String row = text.substring(at, end < 0 ? text.length() : end);
                at = end < 0 ? text.length() : end + 1;
                line++;
                if (row.strip().equals(document.delimiter)) {
                    break;
                }
                body.append(row).append('\n');
            }
            Token token = tokens.get(document.token);
            tokens.set(document.token, new Token(token.kind(), token.text(), token.line(), List.of(body.toString())));
        }
        pending.clear();
    }

    private void word() {
        int startLine = line;
        int start = at;
        StringBuilder word = new StringBuilder();
        List<String> inner = new ArrayList<>();
        while (at < text.length() && !endsWord()) {
            piece(word, inner);
        }
        if (at == start) {
            word.append(text.charAt(at++));
        }
        boolean descriptor = at < text.length()
                && "<>".indexOf(text.charAt(at)) >= 0
                && word.chars().allMatch(Character::isDigit);
        if (!descriptor) {
            tokens.add(new Token(Token.Kind.WORD, word.toString(), startLine, List.copyOf(inner)));
        }
    }

    private boolean endsWord() {
        char c = text.charAt(at);
        if (c == '<' || c == '>') {
            return !text.startsWith("<(", at) && match(ANGLED) == null;
        }
        return " \t\r\n;&|()".indexOf(c) >= 0;
    }

    private void piece(StringBuilder word, List<String> inner) {
        char c = text.charAt(at);
        switch (c) {
            case '\\' -> {
                if (at + 1 < text.length() && text.charAt(at + 1) == '\n') {
                    line++;
                } else if (at + 1 < text.length()) {
                    word.append(text.charAt(at + 1));
                }
                at += 2;
            }
            case '\'' -> word.append(until('\''));
            case '"' -> quoted(word, inner);
            case '`' -> {
                String script = until('`');
                inner.add(script);
                word.append("$(").append(script).append(')');
            }
            case '$' -> dollar(word, inner);
            case '<' -> angled(word, inner);
            default -> {
                word.append(c);
                at++;
            }
        }
        at = Math.min(at, text.length());
    }

    private void angled(StringBuilder word, List<String> inner) {
        Matcher placeholder = match(ANGLED);
        if (placeholder != null) {
            word.append(placeholder.group());
            at = placeholder.end();
        } else {
            at++;
            inner.add(parenthesised());
            word.append("<(…)");
        }
    }

    private String until(char quote) {
        int end = text.indexOf(quote, at + 1);
        end = end < 0 ? text.length() : end;
        String inside = text.substring(at + 1, end);
        line += (int) inside.chars().filter(c -> c == '\n').count();
        at = end + 1;
        return inside;
    }

    private void quoted(StringBuilder word, List<String> inner) {
        at++;
        while (at < text.length() && text.charAt(at) != '"') {
            char c = text.charAt(at);
            if (c == '\\' && at + 1 < text.length()) {
                word.append(text.charAt(at + 1) == '\n' ? "" : text.substring(at + 1, at + 2));
                line += text.charAt(at + 1) == '\n' ? 1 : 0;
                at += 2;
            } else if (c == '$') {
                dollar(word, inner);
            } else {
                line += c == '\n' ? 1 : 0;
                word.append(c);
                at++;
            }
        }
        at++;
    }

    private void dollar(StringBuilder word, List<String> inner) {
        Matcher macro = match(MACRO);
        if (text.startsWith("${{", at)) {
            through("}}", word);
        } else if (text.startsWith("$[[", at)) {
            through("]]", word);
        } else if (text.startsWith("${", at)) {
            through("}", word);
        } else if (macro != null) {
            word.append(macro.group());
            at = macro.end();
        } else if (text.startsWith("$(", at)) {
            at++;
            String script = parenthesised();
            inner.add(script);
            word.append("$(").append(script).append(')');
        } else {
            word.append('$');
            at++;
        }
    }

    private void through(String end, StringBuilder word) {
        int close = text.indexOf(end, at);
        close = close < 0 ? text.length() : close + end.length();
        String piece = text.substring(at, close);
        line += (int) piece.chars().filter(c -> c == '\n').count();
        word.append(piece);
        at = close;
    }

    /** The text between this parenthesis and its partner; quotes inside hide parentheses. */
    private String parenthesised() {
        int depth = 0;
        int start = at + 1;
        char quote = 0;
        for (; at < text.length(); at++) {
            char c = text.charAt(at);
            line += c == '\n' ? 1 : 0;
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '\'' || c == '"') {
                quote = c;
            } else if (c == '(') {
                depth++;
            } else if (c == ')' && --depth == 0) {
                return text.substring(start, at++);
            }
        }
        return text.substring(Math.min(start, text.length()));
    }

    private void add(Token.Kind kind, String value, List<String> inner) {
        tokens.add(new Token(kind, value, line, inner));
    }
}
