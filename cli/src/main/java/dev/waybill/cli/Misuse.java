package dev.waybill.cli;

import dev.waybill.core.problem.Problem;
import dev.waybill.core.text.Closest;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** A command line that makes no sense: what of it, and what was probably meant. */
record Misuse(ParameterException cause) {
    Problem problem() {
        String name = cause.getCommandLine().getCommandSpec().qualifiedName();
        String missing = missing();
        return new Problem.Malformed(
                "USAGE",
                "Reading the command line of `" + name + "`",
                missing.matches("(?s).*[.?!]") ? missing : missing + ".",
                "See `" + name + " --help`.");
    }

    private String missing() {
        if (cause instanceof UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()) {
            return unmatched(unmatched.getUnmatched().getFirst());
        }
        if (cause instanceof MissingParameterException missing) {
            return missing.getMissing().stream().map(Misuse::label).collect(Collectors.joining(", "))
                    + (missing.getMissing().size() == 1 ? " is missing." : " are missing.");
        }
        return String.valueOf(cause.getMessage()).strip();
    }

    private String unmatched(String word) {
        CommandSpec spec = cause.getCommandLine().getCommandSpec();
        if (word.startsWith("-")) {
            String option = word.indexOf('=') > 0 ? word.substring(0, word.indexOf('=')) : word;
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
