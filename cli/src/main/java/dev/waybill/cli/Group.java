package dev.waybill.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/** A word that has commands under it; alone it is misuse. */
@Command
final class Group implements Callable<Integer> {
    private final String name;

    @picocli.CommandLine.Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    Group(String name) {
        this.name = name;
    }

    @Override
    public Integer call() {
        throw new CommandLine.ParameterException(
                spec.commandLine(),
                "`" + name + "` needs one of: "
                        + String.join(", ", spec.subcommands().keySet()) + ".");
    }
}
