package dev.waybill.server.identity;

import dev.waybill.core.name.ActorName;
import dev.waybill.core.name.EnvironmentName;
import dev.waybill.server.db.Tx;
import java.util.function.Consumer;

/** Limits an account to what was permitted for an environment; the room of artifacts keeps it, the composition supplies it. */
@FunctionalInterface
public interface PullLimits {
    /** Prepares and signs the limit; what is returned puts it into force in the transaction that makes the token. */
    Consumer<Tx> limit(ActorName actor, EnvironmentName environment, ActorName by);
}
