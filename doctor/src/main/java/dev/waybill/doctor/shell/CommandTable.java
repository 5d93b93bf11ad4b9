package dev.waybill.doctor.shell;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What tools do, as data: a line is {@code meanings <TAB> words <TAB> needed options <TAB> forbidden options}, words are
 * globs separated by spaces, alternatives by bars. The first line that fits decides. Lines {@code options tool list} name
 * the options that take a value, so that a value is never taken for a word.
 */
public final class CommandTable {
    private static final CommandTable STANDARD = load("commands.tsv", false);
    private static final CommandTable REUSE = load("actions.tsv", true);

    private final Map<String, List<Rule>> rules = new HashMap<>();
    private final List<Rule> open = new ArrayList<>();
    private final Map<String, Set<String>> valued = new HashMap<>();

    private record Rule(Set<Meaning> meanings, List<Pattern> words, List<Pattern> need, List<Pattern> without) {
        boolean fits(List<String> bare, List<String> all) {
            if (bare.size() < words.size()) {
                return false;
            }
            for (int i = 0; i < words.size(); i++) {
                if (!words.get(i).matcher(bare.get(i)).matches()) {
                    return false;
                }
            }
            return (need.isEmpty() || any(need, all)) && !any(without, all);
        }

        private static boolean any(List<Pattern> patterns, List<String> words) {
            return words.stream()
                    .anyMatch(w -> patterns.stream().anyMatch(p -> p.matcher(w).matches()));
        }
    }

    private final boolean wholeNames;

    private CommandTable(boolean wholeNames) {
        this.wholeNames = wholeNames;
    }

    /** Commands of shells. */
    public static CommandTable commands() {
        return STANDARD;
    }

    /** Actions, tasks, orbs and pipes: the name is the only word, its inputs are the options as {@code name=value}. */
    public static CommandTable reuse() {
        return REUSE;
    }

    /** @param words unwrapped; an unknown command has no meaning */
    public Set<Meaning> meanings(List<String> words) {
        if (words.isEmpty()) {
            return Set.of();
        }
        List<String> bare = bare(words);
        for (Rule rule : rules.getOrDefault(bare.getFirst(), List.of())) {
            if (rule.fits(bare, words)) {
                return rule.meanings;
            }
        }
        for (Rule rule : open) {
            if (rule.fits(bare, words)) {
                return rule.meanings;
            }
        }
        return Set.of();
    }

    /** The words that are neither options nor their values; the program's name without directory first. */
    public List<String> bare(List<String> words) {
        String program = wholeNames ? words.getFirst() : Words.name(words.getFirst());
        Set<String> takesValue = valued.getOrDefault(program, Set.of());
        List<String> bare = new ArrayList<>();
        bare.add(program);
        for (int i = 1; i < words.size(); i++) {
            String word = words.get(i);
            if (word.startsWith("-") && word.length() > 1) {
                i += takesValue.contains(word) ? 1 : 0;
            } else if (!word.isEmpty()) {
                bare.add(word);
            }
        }
        return bare;
    }

    private static CommandTable load(String resource, boolean wholeNames) {
        CommandTable table = new CommandTable(wholeNames);
        try (InputStream in = Objects.requireNonNull(CommandTable.class.getResourceAsStream(resource), resource)) {
            new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().forEach(table::line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return table;
    }

    private void line(String line) {
        if (line.isBlank() || line.startsWith("#")) {
            return;
        }
        String[] columns = line.split("\t");
        if (columns[0].equals("options")) {
            for (String program : columns[1].split("\\|")) {
                valued.put(program, Set.of(columns[2].split(",")));
            }
            return;
        }
        Set<Meaning> meanings = EnumSet.noneOf(Meaning.class);
        for (String name : columns[0].split("\\+")) {
            meanings.add(Meaning.valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_')));
        }
        List<Pattern> words = new ArrayList<>();
        for (String word : columns[1].split(" ")) {
            words.add(glob(word));
        }
        Rule rule = new Rule(meanings, words, globs(columns, 2), globs(columns, 3));
        for (String program : columns[1].split(" ")[0].split("\\|")) {
            (program.contains("*") ? open : rules.computeIfAbsent(program, p -> new ArrayList<>())).add(rule);
        }
    }

    private static List<Pattern> globs(String[] columns, int index) {
        if (columns.length <= index || columns[index].isBlank()) {
            return List.of();
        }
        List<Pattern> patterns = new ArrayList<>();
        for (String glob : columns[index].split(",")) {
            patterns.add(glob(glob));
        }
        return patterns;
    }

    private static Pattern glob(String glob) {
        StringBuilder regex = new StringBuilder();
        for (String alternative : glob.split("\\|")) {
            regex.append(regex.isEmpty() ? "" : "|");
            for (int i = 0; i < alternative.length(); i++) {
                char c = alternative.charAt(i);
                regex.append(c == '*' ? ".*" : Pattern.quote(String.valueOf(c)));
            }
        }
        return Pattern.compile(regex.toString(), Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    }
}
