package dev.waybill.server.artifact;

import dev.waybill.core.name.ActorName;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.EnvironmentName;
import dev.waybill.core.name.Slot;
import dev.waybill.server.db.Tx;
import java.util.List;

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
    public boolean isLimited(Tx tx, ActorName actor) {
        return tx.handle()
                .createQuery("SELECT 1 FROM pull_allowance WHERE actor = :actor LIMIT 1")
                .bind("actor", actor.value())
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    @Override
    public List<Digest> having(Tx tx, Slot slot, Digest part) {
        return tx.handle()
                .createQuery("SELECT m.digest FROM permit m JOIN artifact_part p ON p.artifact = m.digest"
                        + " WHERE m.environment = :environment AND m.application = :application AND p.part = :part"
                        + " ORDER BY m.digest")
                .bind("environment", slot.environment().value())
                .bind("application", slot.application().value())
                .bind("part", part.toString())
                .map((row, context) -> Digest.parse(row.getString("digest")))
                .list();
    }
}
