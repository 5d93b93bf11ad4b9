package dev.waybill.cli;

import dev.waybill.cli.access.AgentInviteCommand;
import dev.waybill.cli.access.AgentListCommand;
import dev.waybill.cli.access.AgentRetireCommand;
import dev.waybill.cli.access.LoginCommand;
import dev.waybill.cli.access.TokenCreateCommand;
import dev.waybill.cli.access.TokenListCommand;
import dev.waybill.cli.access.TokenRevokeCommand;
import dev.waybill.cli.artifact.DiffCommand;
import dev.waybill.cli.artifact.PullCommand;
import dev.waybill.cli.artifact.RegisterCommand;
import dev.waybill.cli.artifact.TagCommand;
import dev.waybill.cli.artifact.TraceCommand;
import dev.waybill.cli.build.BuildCommand;
import dev.waybill.cli.compare.CompareCommand;
import dev.waybill.cli.demo.DemoCommand;
import dev.waybill.cli.doctor.DoctorCommand;
import dev.waybill.cli.evidence.AttestDocumentCommand;
import dev.waybill.cli.evidence.AttestTestCommand;
import dev.waybill.cli.evidence.TestCommand;
import dev.waybill.cli.insight.HistoryCommand;
import dev.waybill.cli.insight.RunningCommand;
import dev.waybill.cli.insight.WhyCommand;
import dev.waybill.cli.promotion.ApplyCommand;
import dev.waybill.cli.promotion.ApproveCommand;
import dev.waybill.cli.promotion.ConfigDiffCommand;
import dev.waybill.cli.promotion.ConfigGetCommand;
import dev.waybill.cli.promotion.ConfigHistoryCommand;
import dev.waybill.cli.promotion.ConfigSetCommand;
import dev.waybill.cli.promotion.MarkCommand;
import dev.waybill.cli.promotion.PromoteCommand;
import dev.waybill.cli.promotion.RecordDeploymentCommand;
import dev.waybill.cli.promotion.RejectCommand;
import dev.waybill.cli.promotion.RollbackCommand;
import dev.waybill.cli.promotion.StatusCommand;
import dev.waybill.cli.proof.LedgerExportCommand;
import dev.waybill.cli.proof.LedgerVerifyCommand;
import dev.waybill.cli.proof.VerifyCommand;
import dev.waybill.cli.registry.RegistryCopyCommand;
import dev.waybill.cli.registry.RegistryExportCommand;
import dev.waybill.cli.registry.RegistryGcCommand;
import dev.waybill.cli.registry.RegistryImportCommand;
import dev.waybill.cli.registry.RegistryRestoreCommand;
import dev.waybill.cli.registry.RegistryStorageCommand;
import dev.waybill.cli.registry.RegistryWhyCommand;
import dev.waybill.cli.terminal.Style;
import dev.waybill.core.predicate.Mark;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine;

/** The table of commands. Only the one that was typed is made, so that a short command starts fast. */
final class Commands {
    private final Session session;
    private final Map<String, Supplier<CommandLine>> table = new LinkedHashMap<>();

    Commands(Session session) {
        this.session = session;
        start();
        make();
        move();
        ask();
        later();
    }

    private void start() {
        add("demo", () -> new DemoCommand(session));
        program("server", "Run the server.", this::server);
        add("login", () -> new LoginCommand(session));
        group(
                "token",
                "Make, list and revoke tokens.",
                () -> List.of(
                        new TokenCreateCommand(session),
                        new TokenListCommand(session),
                        new TokenRevokeCommand(session)));
        table.put("agent", this::agent);
    }

    private void make() {
        add("build", () -> new BuildCommand(session));
        add("register", () -> new RegisterCommand(session));
        add("test", () -> new TestCommand(session));
        group("attest", "Attest reports, bills of material, scans and others about an artifact.", this::attesting);
        add("pull", () -> new PullCommand(session));
        add("tag", () -> new TagCommand(session));
    }

    private void move() {
        add("apply", () -> new ApplyCommand(session));
        group(
                "config",
                "Configuration of a slot, in versions.",
                () -> List.of(
                        new ConfigSetCommand(session),
                        new ConfigGetCommand(session),
                        new ConfigDiffCommand(session),
                        new ConfigHistoryCommand(session)));
        add("promote", () -> new PromoteCommand(session));
        add("status", () -> new StatusCommand(session));
        add("approve", () -> new ApproveCommand(session));
        add("reject", () -> new RejectCommand(session));
        mark("hold", "Pause automation in a slot.", Mark.Kind.HOLD);
        mark("pin", "Keep an artifact for ever.", Mark.Kind.PIN);
        mark("veto", "Never promote an artifact again.", Mark.Kind.VETO);
        add("rollback", () -> new RollbackCommand(session));
        group("record", "Record what another tool did.", () -> List.of(new RecordDeploymentCommand(session)));
    }

    private void ask() {
        add("running", () -> new RunningCommand(session));
        add("why", () -> new WhyCommand(session));
        add("trace", () -> new TraceCommand(session));
        add("history", () -> new HistoryCommand(session));
        add("diff", () -> new DiffCommand(session));
        add("compare", () -> new CompareCommand(session));
        add("doctor", () -> new DoctorCommand(session));
        add("verify", () -> new VerifyCommand(session));
        group(
                "registry",
                "Why bytes are kept, what uses the disk, what goes and comes back; moving in and out.",
                () -> List.of(
                        new RegistryWhyCommand(session),
                        new RegistryStorageCommand(session),
                        new RegistryGcCommand(session),
                        new RegistryRestoreCommand(session),
                        new RegistryExportCommand(session),
                        new RegistryImportCommand(session),
                        new RegistryCopyCommand(session)));
        group("ledger", "Check the ledger, or take a copy that others can check.", this::auditing);
    }

    private void later() {
        later("init", "Write waybill.yaml by hand; examples/shop/waybill.yaml is a whole one.");
        later("rebuild", "There is nothing instead: a second artifact for a commit is refused.");
        later("builder", "The fingerprint of each build stands in its provenance.");
        later("backup", "Stop the server and copy its data directory.");
        later("restore", "Stop the server and put the copied data directory back.");
        later("report", "`waybill why ENV/APP --proof FILE` proves one slot.");
    }

    int execute(List<String> arguments) {
        CommandLine root = new CommandLine(new Waybill(session));
        Typed typed = Typed.of(arguments);
        Optional<String> only = typed.command().filter(table::containsKey);
        for (Map.Entry<String, Supplier<CommandLine>> entry : table.entrySet()) {
            if (only.isEmpty() || only.get().equals(entry.getKey())) {
                root.addSubcommand(entry.getKey(), entry.getValue().get());
            }
        }
        Converters.register(root);
        Troubles troubles = new Troubles(session, new Meant(session, typed.words()));
        root.setOut(new PrintWriter(session.out(), true, StandardCharsets.UTF_8));
        root.setErr(new PrintWriter(session.terminal().err(), true, StandardCharsets.UTF_8));
        root.setColorScheme(CommandLine.Help.defaultColorScheme(
                session.style() == Style.COLOUR ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF));
        root.setExecutionStrategy(parsed -> Program.run(parsed, session.out()));
        root.setExecutionExceptionHandler((e, command, parsed) -> troubles.print(e, command));
        root.setParameterExceptionHandler((e, args) -> troubles.print(new Misuse(e, List.of(args)).problem()));
        boolean unknown = typed.command().isPresent() && only.isEmpty();
        return root.execute((unknown ? typed.without(table.keySet()) : typed.words()).toArray(String[]::new));
    }

    private void add(String name, Supplier<Object> command) {
        table.put(name, () -> new CommandLine(command.get()));
    }

    private void mark(String name, String description, Mark.Kind kind) {
        table.put(name, () -> {
            CommandLine line = new CommandLine(new MarkCommand(session, kind));
            line.getCommandSpec().usageMessage().description(description);
            MarkCommand.label(line.getCommandSpec(), kind);
            return line;
        });
    }

    private void later(String name, String instead) {
        add(name, () -> new Unbuilt(name, instead));
    }

    private void program(String name, String description, Program.Entry entry) {
        table.put(name, () -> passing(description, entry));
    }

    private static CommandLine passing(String description, Program.Entry entry) {
        CommandLine line = new CommandLine(new Program(entry));
        line.setUnmatchedOptionsArePositionalParams(true);
        line.getCommandSpec().usageMessage().description(description);
        return line;
    }

    private void group(String name, String description, Supplier<List<Object>> members) {
        table.put(name, () -> {
            CommandLine line = new CommandLine(new Group(name));
            line.getCommandSpec().usageMessage().description(description);
            members.get().forEach(line::addSubcommand);
            return line;
        });
    }

    private List<Object> auditing() {
        return List.of(new LedgerVerifyCommand(session), new LedgerExportCommand(session));
    }

    private List<Object> attesting() {
        return List.of(
                new AttestTestCommand(session),
                document(
                        "sbom",
                        "Attest a bill of material (CycloneDX or SPDX).",
                        AttestDocumentCommand::billOfMaterial),
                document("scan", "Attest a vulnerability scan.", AttestDocumentCommand::scan),
                document("custom", "Attest a document of another type.", AttestDocumentCommand::custom));
    }

    private CommandLine document(String name, String description, AttestDocumentCommand.Typing typing) {
        CommandLine line = new CommandLine(new AttestDocumentCommand(session, typing));
        line.getCommandSpec().name(name).usageMessage().description(description);
        return line;
    }

    private CommandLine agent() {
        CommandLine line = passing(
                "Run an agent; enrol it, roll back beside it, invite, list and retire agents.", this::agentProgram);
        line.addSubcommand(new AgentInviteCommand(session));
        line.addSubcommand(new AgentListCommand(session));
        line.addSubcommand(new AgentRetireCommand(session));
        return line;
    }

    /** {@code agent --config FILE}, {@code agent enrol ...} and {@code agent rollback ...} belong to the agent itself. */
    private int agentProgram(List<String> arguments) {
        return dev.waybill.agent.Main.run(
                arguments, session.out(), session.terminal().err());
    }

    private int server(List<String> arguments) {
        return dev.waybill.server.Main.run(
                arguments, session.out(), session.terminal().err());
    }
}
