package dev.waybill.api.client;

import dev.waybill.api.promotion.ConfigurationChange;
import dev.waybill.api.promotion.ConfigurationView;
import dev.waybill.core.name.Slot;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A slot's configuration, version by version. */
public record ConfigurationCalls(Connection connection) {
    public ConfigurationView change(Slot slot, ConfigurationChange change) {
        return connection.send("PUT", at(slot).toString(), change, ConfigurationView.class);
    }

    /** @param version null for the newest */
    public ConfigurationView get(Slot slot, @Nullable Long version) {
        return connection.get(at(slot).query("version", version).toString(), ConfigurationView.class);
    }

    public List<ConfigurationView> versions(Slot slot) {
        return connection.list(at(slot).with("versions").toString(), ConfigurationView.class);
    }

    private static Paths at(Slot slot) {
        return Paths.at("/api/v1/configuration").with(slot.environment()).with(slot.application());
    }
}
