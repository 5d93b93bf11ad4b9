package dev.waybill.cli.promotion;

import dev.waybill.api.promotion.ConfigurationView;
import dev.waybill.cli.Session;
import dev.waybill.cli.terminal.Table;
import dev.waybill.core.predicate.ConfigurationSet;
import java.util.Locale;

/** A configuration's keys; a secret shows only that it is set. */
final class ConfigText {
    private ConfigText() {}

    static String of(Session session, ConfigurationView view) {
        Table table = new Table(session.style(), "KEY", "KIND", "VALUE");
        for (ConfigurationView.Entry entry : view.entries()) {
            table.row(entry.key(), entry.kind().name().toLowerCase(Locale.ROOT), value(entry));
        }
        return table.toString();
    }

    static String value(ConfigurationView.Entry entry) {
        return entry.value() != null && entry.kind() == ConfigurationSet.Kind.VALUE
                ? entry.value()
                : "(set, "
                        + entry.commitment()
                                .substring(0, Math.min(8, entry.commitment().length())) + ")";
    }
}
