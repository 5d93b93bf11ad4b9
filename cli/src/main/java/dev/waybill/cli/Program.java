package dev.waybill.cli;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/** A command that is another program's public entry point: everything after its name is passed on, and so is its help. */
@Command
final class Program implements Callable<Integer> {
    /** The other program: arguments in, exit code out. */
    interface Entry {
        int run(List<String> arguments);
    }

    private final Entry entry;

    @picocli.CommandLine.Unmatched
    private List<String> arguments = new ArrayList<>();

    @picocli.CommandLine.Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    Program(Entry entry) {
        this.entry = entry;
    }

    /** Runs the command that was typed; only the other program knows what its own options mean. */
    static int run(ParseResult parsed, PrintStream out) {
        ParseResult last = parsed;
        while (last.hasSubcommand()) {
            last = last.subcommand();
        }
        return last.isUsageHelpRequested() && last.commandSpec().userObject() instanceof Program program
                ? program.help(last.unmatched(), out)
                : new RunLast().execute(parsed);
    }

    private int help(List<String> words, PrintStream out) {
        List<String> asked = new ArrayList<>(words);
        asked.add("--help");
        int exit = entry.run(asked);
        if (words.isEmpty() && !spec.subcommands().isEmpty()) {
            CommandLine.Help help = spec.commandLine().getHelp();
            out.print("Commands that ask the server:\n" + help.commandList());
        }
        out.flush();
        return exit;
    }

    @Override
    public Integer call() {
        return entry.run(arguments);
    }
}
