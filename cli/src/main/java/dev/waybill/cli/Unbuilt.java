package dev.waybill.cli;

import dev.waybill.core.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** A command of the contract whose room is not built yet: says so, and what exists instead. Not listed in the help. */
@Command(hidden = true)
final class Unbuilt implements Callable<Integer> {
    private final String name;
    private final String instead;

    @picocli.CommandLine.Unmatched
    private List<String> ignored = new ArrayList<>();

    Unbuilt(String name, String instead) {
        this.name = name;
        this.instead = instead;
    }

    @Override
    public Integer call() {
        throw new Problem.Malformed(
                        "COMMAND_NOT_BUILT",
                        "Running `waybill " + name + "`" + (ignored.isEmpty() ? "" : " " + String.join(" ", ignored)),
                        "this version of Waybill does not have this command yet.",
                        instead)
                .exception();
    }
}
