package dev.waybill.server.artifact;

import dev.waybill.core.name.ActorName;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.EnvironmentName;
import dev.waybill.core.name.Slot;
import dev.waybill.server.db.Tx;

/** Permits and pull allowances in SQL. */
public final class SqlPermits implements Permits {
    @Override
    public void permit(Tx tx, Slot slot, Digest digest) {
        tx.handle()
                .execute(
                        "INSERT INTO permit (environment, application, digest) VALUES (?, ?, ?)"
                                + " ON CONFLICT DO NOTHING",
                        slot.environment().value(),
                        slot.application().value(),
                        digest.toString());
    }

    @Override
    public boolean forbid(Tx tx, Slot slot, Digest digest) {
        return tx.handle()
                        .execute(
                                "DELETE FROM permit WHERE environment = ? AND application = ? AND digest = ?",
                                slot.environment().value(),
                                slot.application().value(),
                                digest.toString())
                > 0;
    }

    @Override
    public boolean isPermitted(Tx tx, Slot slot, Digest digest) {
        return tx.handle()
                .createQuery("SELECT 1 FROM permit WHERE environment = :environment AND application = :application"
                        + " AND digest = :digest")
                .bind("environment", slot.environment().value())
                .bind("application", slot.application().value())
                .bind("digest", digest.toString())
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    @Override
    public void limit(Tx tx, ActorName actor, EnvironmentName environment) {
        tx.handle()
                .execute(
                        "INSERT INTO pull_allowance (actor, environment) VALUES (?, ?) ON CONFLICT DO NOTHING",
                        actor.value(),
                        environment.value());
    }

    @Override
    public boolean unlimit(Tx tx, ActorName actor, EnvironmentName environment) {
        return tx.handle()
                        .execute(
                                "DELETE FROM pull_allowance WHERE actor = ? AND environment = ?",
                                actor.value(),
                                environment.value())
                > 0;
    }

    @Override
    public boolean mayPull(Tx tx, ActorName actor, ApplicationName application, Digest digest) {
        return !isLimited(tx, actor) || isAllowed(tx, actor, application, digest);
    }

    private static boolean isLimited(Tx tx, ActorName actor) {
        return tx.handle()
                .createQuery("SELECT 1 FROM pull_allowance WHERE actor = :actor LIMIT 1")
                .bind("actor", actor.value())
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    private static boolean isAllowed(Tx tx, ActorName actor, ApplicationName application, Digest digest) {
        return tx.handle()
                .createQuery("SELECT 1 FROM pull_allowance l"
                        + " JOIN permit m ON m.environment = l.environment AND m.application = :application"
                        + " JOIN artifact_part p ON p.artifact = m.digest"
                        + " WHERE l.actor = :actor AND p.part = :digest LIMIT 1")
                .bind("actor", actor.value())
                .bind("application", application.value())
                .bind("digest", digest.toString())
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }
}
