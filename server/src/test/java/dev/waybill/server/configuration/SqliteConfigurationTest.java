package dev.waybill.server.configuration;

import dev.waybill.server.db.TestDatabases;

final class SqliteConfigurationTest extends ConfigurationStoreContract {
    @Override
    TestDatabases.Place place() {
        return TestDatabases.sqlite(data);
    }
}
