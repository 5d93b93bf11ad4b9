package dev.waybill.server.configuration;

import dev.waybill.server.db.TestDatabases;

final class PostgresConfigurationTest extends ConfigurationStoreContract {
    @Override
    TestDatabases.Place place() {
        return TestDatabases.postgres();
    }
}
