package dev.waybill.cli.promotion;

import dev.waybill.api.promotion.ConfigurationView;
import dev.waybill.cli.Exit;
import dev.waybill.cli.Session;
import dev.waybill.cli.terminal.Table;
import dev.waybill.core.name.Slot;
import dev.waybill.core.text.Count;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code waybill config history}. */
@Command(name = "history", description = "The versions of a slot's configuration.")
@SuppressWarnings("NullAway.Init")
public final class ConfigHistoryCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "ENV/APP", description = "The slot.")
    private Slot slot;

    public ConfigHistoryCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        List<ConfigurationView> versions = session.client().configuration().versions(slot);
        session.answer(versions, () -> {
            Table table = new Table(session.style(), "VERSION", "BY", "WHEN", "KEYS");
            for (ConfigurationView view : versions) {
                table.row(
                        view.version(),
                        view.by() == null ? "-" : view.by(),
                        view.at() == null ? "-" : session.terminal().age(view.at()),
                        view.entries().size());
            }
            return table.toString();
        });
        session.closing(Count.of(versions.size(), "version") + ".", "waybill config diff " + slot);
        return Exit.DONE;
    }
}
