package dev.waybill.doctor.shell;

import dev.waybill.doctor.source.Place;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The commands of a script in order, with those of substitutions, of {@code bash -c}, of {@code ssh} and of
 * here-documents that a shell reads. Control flow is flattened; what decides whether a command runs is kept beside it.
 */
public final class ShellReader {
    private static final int DEEPEST = 6;
    private static final int MOST = 20_000;
    private static final Pattern ASSIGNMENT = Pattern.compile("[A-Za-z_]\\w*\\+?=.*", Pattern.DOTALL);
    private static final Set<String> KEYWORDS = Set.of("then", "do", "else", "{", "}", "!", "time", "in");
    private static final Set<String> SHELLS = Set.of("bash", "sh", "zsh", "dash", "ksh", "ash");

    private final Place first;
    private final int depth;
    private final boolean remote;
    private final List<Command> found;
    private final Deque<List<Command>> conditions = new ArrayDeque<>();
    private final List<String> words = new ArrayList<>();
    private final List<String> inner = new ArrayList<>();
    private final List<Command> outer;
    private List<Command> orElse = List.of();
    private int start;
    private boolean fresh = true;
    private boolean collecting;

    private ShellReader(Place first, int depth, boolean remote, List<Command> under, List<Command> found) {
        this.first = first;
        this.depth = depth;
        this.remote = remote;
        this.outer = under;
        this.found = found;
    }

    /** @param first the place of the script's first line */
    public static List<Command> read(String script, Place first) {
        List<Command> found = new ArrayList<>();
        new ShellReader(first, 0, false, List.of(), found).run(script);
        return found;
    }

    private void run(String script) {
        if (depth > DEEPEST) {
            return;
        }
        List<Token> tokens = ShellLexer.tokens(script);
        for (int i = 0; i < tokens.size() && found.size() < MOST; i++) {
            Token token = tokens.get(i);
            switch (token.kind()) {
                case WORD -> word(token);
                case REDIRECT -> i += i + 1 < tokens.size() && tokens.get(i + 1).kind() == Token.Kind.WORD ? 1 : 0;
                case HEREDOC ->
                    inner.addAll(
                            token.inner().stream().map(body -> "\u0000" + body).toList());
                case OPERATOR, LINE_END -> ends(token, i + 1 < tokens.size() ? tokens.get(i + 1) : token);
            }
        }
        flush("");
    }

    private void word(Token token) {
        if (fresh) {
            start = token.line();
            fresh = false;
        }
        words.add(token.text());
        inner.addAll(token.inner());
        if (words.size() == 1) {
            keyword(token.text());
        }
    }

    private void keyword(String word) {
        switch (word) {
            case "if", "elif", "while", "until" -> {
                if (word.equals("elif") && !conditions.isEmpty()) {
                    conditions.pop();
                }
                conditions.push(new ArrayList<>());
                collecting = true;
                words.clear();
            }
            case "then", "do" -> {
                collecting = false;
                words.clear();
            }
            case "fi", "done" -> {
                if (!conditions.isEmpty()) {
                    conditions.pop();
                }
            }
            case "for", "select" -> {
                conditions.push(new ArrayList<>());
            }
            default -> {
                if (KEYWORDS.contains(word)) {
                    words.clear();
                }
            }
        }
    }

    private void ends(Token token, Token next) {
        String pipedTo = token.is("|") && next.kind() == Token.Kind.WORD ? next.text() : "";
        int before = found.size();
        flush(pipedTo);
        orElse = token.is("||") && found.size() > before ? List.copyOf(found.subList(before, found.size())) : List.of();
    }

    private void flush(String pipedTo) {
        fresh = true;
        if (words.isEmpty() && inner.isEmpty()) {
            return;
        }
        Map<String, String> assigned = new LinkedHashMap<>();
        List<String> rest = new ArrayList<>(words);
        if (!rest.isEmpty() && Set.of("export", "local", "declare", "readonly").contains(rest.getFirst())) {
            rest.removeFirst();
        }
        while (!rest.isEmpty() && ASSIGNMENT.matcher(rest.getFirst()).matches()) {
            String text = rest.removeFirst();
            int equals = text.indexOf('=');
            assigned.put(text.substring(0, equals).replace("+", ""), text.substring(equals + 1));
        }
        List<Command> under = under();
        Command command = new Command(List.copyOf(rest), assigned, first.down(start), under, pipedTo, remote);
        if (!rest.isEmpty() || !assigned.isEmpty()) {
            emit(command);
        }
        List<String> scripts = List.copyOf(inner);
        words.clear();
        inner.clear();
        scripts.forEach(script -> nested(command, script, under));
        handed(command, under);
    }

    private void emit(Command command) {
        found.add(command);
        if (collecting && !conditions.isEmpty()) {
            conditions.peek().add(command);
        }
    }

    private List<Command> under() {
        List<Command> under = new ArrayList<>(outer);
        conditions.forEach(under::addAll);
        under.addAll(orElse);
        return List.copyOf(under);
    }

    private void nested(Command command, String script, List<Command> under) {
        if (script.startsWith("\u0000")) {
            boolean ssh = command.program().endsWith("ssh");
            if (ssh || SHELLS.contains(command.program()) || command.program().equals("sudo")) {
                child(script.substring(1), command, ssh, under);
            }
        } else {
            child(script, command, false, under);
        }
    }

    private void child(String script, Command command, boolean far, List<Command> under) {
        int before = found.size();
        new ShellReader(command.place(), depth + 1, remote || far, under, found).run(script);
        if (collecting && !conditions.isEmpty()) {
            conditions.peek().addAll(found.subList(before, found.size()));
        }
    }

    /** Scripts given as arguments: {@code bash -c '...'}, {@code ssh host '...'}, {@code docker run image sh -c}. */
    private void handed(Command command, List<Command> under) {
        List<String> said = command.words();
        int flag = said.indexOf("-c");
        boolean shell = said.stream().limit(Math.max(flag, 0)).anyMatch(word -> SHELLS.contains(Words.name(word)));
        if (flag > 0 && shell && flag + 1 < said.size()) {
            child(said.get(flag + 1), command, false, under);
        } else if (Words.name(command.program()).equals("ssh")
                || (said.contains("ssh") && said.getFirst().equals("sshpass"))) {
            List<String> arguments = Words.afterHost(said);
            if (!arguments.isEmpty()) {
                child(String.join(" ", arguments), command, true, under);
            }
        } else if (command.program().equals("eval") && said.size() > 1) {
            child(String.join(" ", said.subList(1, said.size())), command, false, under);
        }
    }
}
