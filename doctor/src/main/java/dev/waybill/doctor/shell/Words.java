package dev.waybill.doctor.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Words of a command: which program really runs, and which words are no option. */
public final class Words {
    private static final Set<String> SSH_VALUES =
            Set.of("-p", "-i", "-l", "-o", "-F", "-J", "-L", "-R", "-W", "-b", "-c");
    private static final Set<String> PREFIXES = Set.of(
            "sudo",
            "env",
            "time",
            "nice",
            "exec",
            "command",
            "nohup",
            "corepack",
            "npx",
            "xargs",
            "dotenv",
            "cross-env",
            "doas",
            "stdbuf",
            "ionice",
            "retry",
            "parallel",
            "echo-run",
            "pnpx",
            "bunx",
            "cmd",
            "call");
    private static final Map<String, Set<String>> RUNNERS = Map.of(
            "poetry", Set.of("run"),
            "bundle", Set.of("exec"),
            "pipenv", Set.of("run"),
            "uv", Set.of("run"),
            "pdm", Set.of("run"),
            "hatch", Set.of("run"),
            "doppler", Set.of("run"),
            "pnpm", Set.of("exec", "dlx"),
            "npm", Set.of("exec"),
            "timeout", Set.of());

    private Words() {}

    /** The program's name without its directory. */
    public static String name(String program) {
        String name = program.substring(program.lastIndexOf('/') + 1);
        return name.toLowerCase(Locale.ROOT).endsWith(".exe") ? name.substring(0, name.length() - 4) : name;
    }

    /** The command behind {@code sudo}, {@code env X=y}, {@code bundle exec}, {@code timeout 10m} and their like. */
    public static List<String> unwrapped(List<String> words) {
        List<String> rest = new ArrayList<>(words);
        for (int turns = 0; turns < 8 && rest.size() > 1; turns++) {
            String first = name(rest.getFirst());
            Set<String> second = RUNNERS.get(first);
            if (PREFIXES.contains(first)) {
                rest.removeFirst();
            } else if (first.equals("timeout")) {
                rest.removeFirst();
                rest.removeIf(word -> word.matches("\\d+[smhd]?"));
            } else if (second != null && second.contains(rest.get(1)) && rest.size() > 2) {
                rest.subList(0, 2).clear();
            } else {
                return rest;
            }
            while (rest.size() > 1
                    && (rest.getFirst().startsWith("-") || rest.getFirst().matches("[A-Za-z_]\\w*=.*"))) {
                rest.removeFirst();
            }
        }
        return rest;
    }

    /** What follows the host of an {@code ssh} command. */
    static List<String> afterHost(List<String> words) {
        int i = words.indexOf("ssh") + 1;
        while (i < words.size() && words.get(i).startsWith("-")) {
            i += SSH_VALUES.contains(words.get(i)) ? 2 : 1;
        }
        return i + 1 < words.size() ? words.subList(i + 1, words.size()) : List.of();
    }

    /** Lower-case parts between anything that is no letter or digit, and between small and large letters. */
    public static List<String> parts(String text) {
        List<String> parts = new ArrayList<>();
        for (String part : text.replaceAll("([a-z0-9])([A-Z])", "$1 $2").split("[^A-Za-z0-9]+")) {
            if (!part.isEmpty()) {
                parts.add(part.toLowerCase(Locale.ROOT));
            }
        }
        return parts;
    }
}
