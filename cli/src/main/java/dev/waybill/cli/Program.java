package dev.waybill.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** A command that is another program's public entry point: everything after its name is passed on. */
@Command
final class Program implements Callable<Integer> {
    /** The other program: arguments in, exit code out. */
    interface Entry {
        int run(List<String> arguments);
    }

    private final Entry entry;

    @picocli.CommandLine.Unmatched
    private List<String> arguments = new ArrayList<>();

    Program(Entry entry) {
        this.entry = entry;
    }

    @Override
    public Integer call() {
        return entry.run(arguments);
    }
}
