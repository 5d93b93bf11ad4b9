package dev.waybill.server.deploy;

import dev.waybill.api.promotion.ConfigurationValue;
import dev.waybill.core.name.Slot;
import dev.waybill.server.db.Tx;
import java.util.Map;

/** The values of a slot's configuration in clear, for the agent of that slot alone. */
@FunctionalInterface
public interface ConfigurationSource {
    Map<String, ConfigurationValue> values(Tx tx, Slot slot, long version);
}
