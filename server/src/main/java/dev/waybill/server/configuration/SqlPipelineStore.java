package dev.waybill.server.configuration;

import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.Digest;
import dev.waybill.server.db.Tx;
import java.util.List;
import java.util.Optional;

/** Pipelines in SQL; what a version says stands in its statement and nowhere else. */
final class SqlPipelineStore implements PipelineStore {
    @Override
    public Optional<Version> newest(Tx tx, ApplicationName application) {
        return tx.handle()
                .createQuery("SELECT version, statement FROM pipeline WHERE application = :application"
                        + " ORDER BY version DESC LIMIT 1")
                .bind("application", application.value())
                .map((row, context) -> new Version(row.getLong("version"), Digest.parse(row.getString("statement"))))
                .findOne();
    }

    @Override
    public List<Version> all(Tx tx, ApplicationName application) {
        return tx.handle()
                .createQuery(
                        "SELECT version, statement FROM pipeline WHERE application = :application ORDER BY version")
                .bind("application", application.value())
                .map((row, context) -> new Version(row.getLong("version"), Digest.parse(row.getString("statement"))))
                .list();
    }

    @Override
    public void insert(Tx tx, ApplicationName application, Version version) {
        tx.handle()
                .execute(
                        "INSERT INTO pipeline (application, version, statement) VALUES (?, ?, ?)",
                        application.value(),
                        version.number(),
                        version.statement().toString());
    }

    @Override
    public List<ApplicationName> applications(Tx tx) {
        return tx.handle()
                .createQuery("SELECT DISTINCT application FROM pipeline ORDER BY application")
                .map((row, context) -> new ApplicationName(row.getString("application")))
                .list();
    }
}
