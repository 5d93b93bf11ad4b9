package dev.waybill.server.artifact;

import dev.waybill.core.name.ActorName;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.EnvironmentName;
import dev.waybill.core.name.Slot;
import dev.waybill.server.db.Tx;

/**
 * Which digests a decision has let into an environment, and which accounts may pull nothing else. Promotion writes,
 * the registry reads. An account without an allowance is not limited by this; its grants are.
 */
public interface Permits {
    void permit(Tx tx, Slot slot, Digest digest);

    /** Takes a permit back (a veto); true if it was there. */
    boolean forbid(Tx tx, Slot slot, Digest digest);

    boolean isPermitted(Tx tx, Slot slot, Digest digest);

    /** From now on this account pulls only what is permitted for the environment (for several, for any of them). */
    void limit(Tx tx, ActorName actor, EnvironmentName environment);

    /** Ends that limit; true if it was there. */
    boolean unlimit(Tx tx, ActorName actor, EnvironmentName environment);

    /** True if the account is not limited, or the digest is a part of an artifact permitted for it. */
    boolean mayPull(Tx tx, ActorName actor, ApplicationName application, Digest digest);
}
