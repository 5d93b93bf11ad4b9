package dev.waybill.server.configuration;

import dev.waybill.server.db.TestDatabases;
import org.junit.jupiter.api.Tag;

@Tag("long")
final class PostgresConfigurationTest extends ConfigurationStoreContract {
    @Override
    TestDatabases.Place place() {
        return TestDatabases.postgres();
    }
}
