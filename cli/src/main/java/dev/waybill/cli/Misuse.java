package dev.waybill.cli;

import dev.waybill.core.problem.Problem;
import dev.waybill.core.text.Closest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** A command line that makes no sense: what of it, and what was probably meant. */
record Misuse(ParameterException cause, List<String> words) {
    /** What picocli says of a value that a converter refused: of which argument, the value, and the converter's reason. */
    private static final Pattern VALUE = Pattern.compile(
            "Invalid value for (?:positional parameter at index \\S+ \\((?<label>.+?)\\)|option '(?<option>[^' =]+).*?'.*?):"
                    + " '(?<value>.*?)': (?<why>.*)",
            Pattern.DOTALL);

    Problem problem() {
        String name = cause.getCommandLine().getCommandSpec().qualifiedName();
        String missing = missing();
        return new Problem.Malformed(
                "USAGE",
                "Reading the command line of `" + name + "`",
                missing.matches("(?s).*[.?!]") ? missing : missing + ".",
                cause instanceof MissingParameterException && mistyped().isEmpty()
                        ? "Write `" + synopsis() + "`; `" + name + " --help` explains it."
                        : "See `" + name + " --help`.");
    }

    private String missing() {
        if (cause instanceof UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()) {
            return unmatched(unmatched.getUnmatched().getFirst());
        }
        if (cause instanceof MissingParameterException missing) {
            Optional<String> mistyped = mistyped();
            if (mistyped.isPresent()) {
                return unmatched(mistyped.get());
            }
            return missing.getMissing().stream().map(Misuse::label).collect(Collectors.joining(", "))
                    + (missing.getMissing().size() == 1 ? " is missing." : " are missing.");
        }
        String said = String.valueOf(cause.getMessage()).strip();
        Matcher value = VALUE.matcher(said);
        if (!value.matches()) {
            return said;
        }
        String label = value.group("label") == null ? value.group("option") : value.group("label");
        return "'" + value.group("value") + "' is no " + label + ": " + value.group("why");
    }

    /** An option that is there and that the command does not have: most often the very one that is missing. */
    private Optional<String> mistyped() {
        CommandSpec spec = cause.getCommandLine().getCommandSpec();
        return words.stream()
                .takeWhile(word -> !word.equals("--"))
                .filter(word -> word.startsWith("--"))
                .filter(word -> spec.findOption(name(word)) == null)
                .findFirst();
    }

    private static String name(String option) {
        return option.indexOf('=') > 0 ? option.substring(0, option.indexOf('=')) : option;
    }

    /** What has to be written: required options and every word. */
    private String synopsis() {
        CommandSpec spec = cause.getCommandLine().getCommandSpec();
        Stream<String> options =
                spec.options().stream().filter(OptionSpec::required).map(Misuse::label);
        Stream<String> words = spec.positionalParameters().stream()
                .filter(word -> !word.hidden())
                .map(word -> word.required() ? word.paramLabel() : "[" + word.paramLabel() + "]");
        return Stream.of(Stream.of(spec.qualifiedName()), words, options)
                .flatMap(part -> part)
                .collect(Collectors.joining(" "));
    }

    private String unmatched(String word) {
        CommandSpec spec = cause.getCommandLine().getCommandSpec();
        if (word.startsWith("-")) {
            String option = name(word);
            return "there is no option " + option + "." + meant(Closest.to(option, options(spec)));
        }
        if (spec.subcommands().isEmpty()) {
            return "'" + word + "' is one word too many.";
        }
        return "there is no command '" + word + "'." + meant(Closest.to(word, commands(spec)));
    }

    /** An option by the name that stands first, which is the one that the documentation writes. */
    private static String label(ArgSpec argument) {
        return argument instanceof OptionSpec option
                ? option.names()[0] + " " + option.paramLabel()
                : argument.paramLabel();
    }

    private static String meant(List<String> words) {
        return words.isEmpty() ? "" : " Did you mean " + String.join(" or ", words) + "?";
    }

    private static List<String> options(CommandSpec spec) {
        return spec.options().stream()
                .map(OptionSpec::longestName)
                .filter(name -> name.startsWith("--"))
                .toList();
    }

    private static List<String> commands(CommandSpec spec) {
        return spec.subcommands().entrySet().stream()
                .filter(entry -> !hidden(entry.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static boolean hidden(CommandLine command) {
        return command.getCommandSpec().usageMessage().hidden();
    }
}
