package dev.waybill.server.registry;

import dev.waybill.core.name.ActorName;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.Digest;
import dev.waybill.server.db.Tx;

/** Which content an account may pull where it may read; the room of artifacts knows and supplies it. */
@FunctionalInterface
public interface PullRules {
    /** Everyone pulls whatever they may read. */
    PullRules NONE = (tx, actor, repository, digest) -> true;

    boolean mayPull(Tx tx, ActorName actor, ApplicationName repository, Digest digest);
}
