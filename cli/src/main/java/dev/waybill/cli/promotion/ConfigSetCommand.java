package dev.waybill.cli.promotion;

import dev.waybill.api.promotion.ConfigurationChange;
import dev.waybill.api.promotion.ConfigurationView;
import dev.waybill.cli.Exit;
import dev.waybill.cli.Session;
import dev.waybill.core.name.Slot;
import dev.waybill.core.problem.Problem;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code waybill config set}: what is not named stays. Secrets come from a file or standard input, never from the command line. */
@Command(name = "set", description = "Set keys of a slot's configuration; makes a new version.")
@SuppressWarnings("NullAway.Init")
public final class ConfigSetCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(index = "0", paramLabel = "ENV/APP", description = "The slot.")
    private Slot slot;

    @Parameters(index = "1..*", paramLabel = "KEY=VALUE", description = "Values that anyone who may read sees.")
    private List<String> values = List.of();

    @Option(
            names = "--secret",
            paramLabel = "KEY[=@FILE]",
            description = "A secret from a file; without =@FILE one is read from standard input.")
    private List<String> secrets = List.of();

    @Option(names = "--file", paramLabel = "KEY=@FILE", description = "A whole file.")
    private List<String> files = List.of();

    @Option(names = "--unset", paramLabel = "KEY", description = "Remove a key.")
    private List<String> unset = List.of();

    @Option(names = "--expect", paramLabel = "N", description = "Refuse unless N is the version in force.")
    private @Nullable Long expect;

    @Option(names = "--create", description = "Also for an application whose pipeline nobody has applied yet.")
    private boolean create;

    public ConfigSetCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        ConfigArguments arguments = new ConfigArguments(session);
        arguments.values(values);
        arguments.secrets(secrets);
        arguments.files(files);
        if (arguments.set().isEmpty() && unset.isEmpty()) {
            throw new Problem.Malformed(
                            "CONFIG_ARGUMENT",
                            "Setting configuration of " + slot,
                            "no key is given.",
                            "Write `waybill config set " + slot
                                    + " KEY=VALUE`, or name a key with --secret, --file or --unset.")
                    .exception();
        }
        if (!create) {
            ConfigText.requirePipeline(session.client(), slot);
        }
        ConfigurationView view =
                session.client().configuration().change(slot, new ConfigurationChange(arguments.set(), unset, expect));
        session.answer(view, () -> ConfigText.of(session, view));
        ConfigText.unread(session.client(), slot, arguments.set().keySet()).forEach(session::note);
        session.closing(
                "Configuration version " + view.version() + " of " + slot + " is ready for the next release.",
                "waybill promote " + slot.application() + "@COMMIT --to " + slot.environment());
        return Exit.DONE;
    }
}
