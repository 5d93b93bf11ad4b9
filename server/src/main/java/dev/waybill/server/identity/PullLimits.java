package dev.waybill.server.identity;

import dev.waybill.core.name.ActorName;
import dev.waybill.core.name.EnvironmentName;
import dev.waybill.server.db.Tx;

/** Limits an account to what was permitted for an environment; the room of artifacts keeps it, the composition supplies it. */
@FunctionalInterface
public interface PullLimits {
    void limit(Tx tx, ActorName actor, EnvironmentName environment);
}
