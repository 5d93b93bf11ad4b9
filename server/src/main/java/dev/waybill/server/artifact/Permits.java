package dev.waybill.server.artifact;

import dev.waybill.core.name.ActorName;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.EnvironmentName;
import dev.waybill.core.name.Slot;
import dev.waybill.server.db.Tx;
import java.util.List;

/**
 * Which digests a decision has let into an environment, and which accounts may pull nothing else. Promotion writes; {@link
 * Pullable} reads, and takes these rows for places to look at, not for an answer.
 */
public interface Permits {
    void permit(Tx tx, Slot slot, Digest digest);

    /** Takes a permit back (a veto); true if it was there. */
    boolean forbid(Tx tx, Slot slot, Digest digest);

    boolean isPermitted(Tx tx, Slot slot, Digest digest);

    /** The row of a limit; the statement behind it is logged in the same transaction. */
    void limit(Tx tx, ActorName actor, EnvironmentName environment);

    /** True if a row says that the account is limited. */
    boolean isLimited(Tx tx, ActorName actor);

    /** The permitted artifacts of the slot that the rows say have this part. */
    List<Digest> having(Tx tx, Slot slot, Digest part);
}
