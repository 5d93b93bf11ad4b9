package dev.waybill.server.db;

import dev.waybill.core.problem.Problem;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationState;

/** Brings a schema to this version, and refuses one that a newer Waybill has touched. */
final class Migrations {
    private Migrations() {}

    static void run(DataSource source) {
        // Without the empty pattern Flyway accepts a schema from the future.
        Flyway flyway = Flyway.configure(Migrations.class.getClassLoader())
                .dataSource(source)
                .locations("classpath:db/migration")
                .ignoreMigrationPatterns("")
                .validateMigrationNaming(true)
                .load();
        for (var migration : flyway.info().all()) {
            MigrationState state = migration.getState();
            if (state == MigrationState.FUTURE_SUCCESS || state == MigrationState.FUTURE_FAILED) {
                throw new Problem.Unavailable(
                                "DATA_NEWER_THAN_PROGRAM",
                                "Opening the database",
                                "its schema has version " + migration.getVersion()
                                        + ", which this Waybill does not know.",
                                "Start the Waybill that wrote it, or a newer one; going back needs a backup.")
                        .exception();
            }
        }
        try {
            flyway.migrate();
        } catch (FlywayException e) {
            throw new Problem.Unavailable(
                            "SCHEMA_INVALID",
                            "Bringing the database schema up to date",
                            e.getMessage() + ".",
                            "Restore the schema from a backup; it was changed by something other than Waybill.")
                    .exception();
        }
    }
}
