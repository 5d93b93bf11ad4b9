package dev.waybill.server.deploy;

import dev.waybill.core.name.Slot;
import dev.waybill.server.configuration.Configurations;
import dev.waybill.server.db.Tx;

/** The values of a slot's configuration in clear, with the keys of their commitments, for the agent of that slot alone. */
@FunctionalInterface
public interface ConfigurationSource {
    Configurations.Opened opened(Tx tx, Slot slot, long version);
}
