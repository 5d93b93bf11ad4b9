package dev.waybill.cli.promotion;

import dev.waybill.api.promotion.ConfigurationView;
import dev.waybill.cli.Exit;
import dev.waybill.cli.Session;
import dev.waybill.cli.terminal.Table;
import dev.waybill.core.name.Slot;
import dev.waybill.core.problem.Problem;
import dev.waybill.core.text.Count;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code waybill config diff}: keys that differ between two versions; secrets are compared by their commitments. */
@Command(
        name = "diff",
        description = {
            "What differs between two versions of a slot's configuration.",
            "Exit code 0 whether or not anything differs."
        })
@SuppressWarnings("NullAway.Init")
public final class ConfigDiffCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(index = "0", paramLabel = "ENV/APP", description = "The slot.")
    private Slot slot;

    @Parameters(index = "1", arity = "0..1", hidden = true)
    private @Nullable String other;

    @Option(names = "--from", paramLabel = "N", description = "Default: the version before --to.")
    private @Nullable Long from;

    @Option(names = "--to", paramLabel = "M", description = "Default: the newest version.")
    private @Nullable Long to;

    public ConfigDiffCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        if (other != null) {
            throw new Problem.Malformed(
                            "USAGE",
                            "Reading the command line of `waybill config diff`",
                            "it compares two versions of one slot's configuration, and " + other + " is another slot.",
                            "What differs between two slots is shown by: waybill diff " + slot + " " + other)
                    .exception();
        }
        ConfigurationView after = session.client().configuration().get(slot, to);
        long earlier = from == null ? after.version() - 1 : from;
        Map<String, ConfigurationView.Entry> before =
                earlier < 1 ? Map.of() : byKey(session.client().configuration().get(slot, earlier));
        List<Change> changes = changes(before, byKey(after));
        session.answer(changes, () -> {
            Table table = new Table(session.style(), "KEY", "CHANGE", "BEFORE", "AFTER");
            changes.forEach(c -> table.row(c.key(), c.change(), or(c.before()), or(c.after())));
            return table.isEmpty() ? "" : table.toString();
        });
        session.closing(
                Count.of(changes.size(), "key differs", "keys differ") + " between versions " + earlier + " and "
                        + after.version() + " of " + slot + ".",
                "waybill config history " + slot);
        return Exit.DONE;
    }

    record Change(
            String key,
            String change,
            @Nullable String before,
            @Nullable String after) {}

    private static List<Change> changes(
            Map<String, ConfigurationView.Entry> before, Map<String, ConfigurationView.Entry> after) {
        Set<String> keys = new java.util.TreeSet<>(before.keySet());
        keys.addAll(after.keySet());
        List<Change> changes = new ArrayList<>();
        for (String key : keys) {
            ConfigurationView.Entry a = before.get(key);
            ConfigurationView.Entry b = after.get(key);
            if (a == null || b == null || !a.equals(b)) {
                String change = a == null ? "added" : b == null ? "removed" : "changed";
                changes.add(new Change(
                        key, change, a == null ? null : ConfigText.value(a), b == null ? null : ConfigText.value(b)));
            }
        }
        return changes;
    }

    private static Map<String, ConfigurationView.Entry> byKey(ConfigurationView view) {
        Map<String, ConfigurationView.Entry> entries = new TreeMap<>();
        view.entries().forEach(entry -> entries.put(entry.key(), entry));
        return entries;
    }

    private static String or(@Nullable String value) {
        return value == null ? "-" : value;
    }
}
