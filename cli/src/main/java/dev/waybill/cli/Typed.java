package dev.waybill.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The words of a command line. {@code help COMMAND} is another way to write {@code COMMAND --help}. */
record Typed(List<String> words) {
    private static final Set<String> HELP = Set.of("-h", "--help");

    static Typed of(List<String> arguments) {
        int first = first(arguments);
        if (first < 0 || !arguments.get(first).equals("help")) {
            return new Typed(arguments);
        }
        List<String> words = new ArrayList<>(arguments);
        words.remove(first);
        words.add("--help");
        return new Typed(words);
    }

    /** The word that names the command. */
    Optional<String> command() {
        int first = first(words);
        return first < 0 ? Optional.empty() : Optional.of(words.get(first));
    }

    /** What is left when nothing after a mistyped command may be taken for the command, nor answered with help. */
    List<String> without(Set<String> commands) {
        return words.stream()
                .filter(word -> !commands.contains(word) && !HELP.contains(word))
                .toList();
    }

    /** Where the first word stands that is neither an option nor the value of {@code --output}. */
    private static int first(List<String> words) {
        for (int i = 0; i < words.size(); i++) {
            boolean option = words.get(i).startsWith("-");
            boolean value = i > 0 && words.get(i - 1).equals("--output");
            if (!option && !value) {
                return i;
            }
        }
        return -1;
    }
}
