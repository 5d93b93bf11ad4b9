package dev.waybill.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The name before all commands, and the one option that all of them share. */
@Command(
        name = "waybill",
        description = "Build once, promote many, and prove it.",
        sortOptions = false,
        footer = {
            "",
            "REF is a digest, APP@COMMIT, APP:VERSION, ENV/APP (what is approved there) or ENV/APP#N.",
            "Exit codes: 0 done, 1 refused or found, 2 misuse, 3 unreachable or broken.",
            "`waybill help COMMAND` explains one command.",
            "Start with `waybill demo`, or `waybill login URL --token T`."
        })
final class Waybill implements Runnable {
    private final Session session;

    @picocli.CommandLine.Spec
    @SuppressWarnings("NullAway.Init")
    private picocli.CommandLine.Model.CommandSpec spec;

    Waybill(Session session) {
        this.session = session;
    }

    /** How answers are printed. */
    enum Format {
        text,
        json
    }

    @Option(
            names = "--output",
            paramLabel = "text|json",
            scope = ScopeType.INHERIT,
            description = "How the answer is printed (default: text).")
    void output(Format format) {
        session.answerInJson(format == Format.json);
    }

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Show this help.")
    @SuppressWarnings("UnusedVariable") // picocli reads it
    private boolean help;

    @Option(names = "--version", description = "Print the version.")
    @SuppressWarnings("UnusedVariable") // Main answers it before anything else is loaded
    private boolean version;

    @Override
    public void run() {
        spec.commandLine().usage(session.out());
    }
}
