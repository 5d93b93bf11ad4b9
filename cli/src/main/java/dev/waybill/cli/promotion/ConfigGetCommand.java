package dev.waybill.cli.promotion;

import dev.waybill.api.promotion.ConfigurationView;
import dev.waybill.cli.Exit;
import dev.waybill.cli.Session;
import dev.waybill.core.name.Slot;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code waybill config get}. */
@Command(name = "get", description = "Show a slot's configuration; secrets show only that they are set.")
@SuppressWarnings("NullAway.Init")
public final class ConfigGetCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "ENV/APP", description = "The slot.")
    private Slot slot;

    @Option(names = "--at", paramLabel = "N", description = "A version (default: the newest).")
    private @Nullable Long version;

    public ConfigGetCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        ConfigurationView view = session.client().configuration().get(slot, version);
        session.answer(view, () -> ConfigText.of(session, view));
        session.closing(
                "Version " + view.version() + " of " + slot + (view.by() == null ? "." : ", set by " + view.by() + "."),
                "waybill config history " + slot);
        return Exit.DONE;
    }
}
