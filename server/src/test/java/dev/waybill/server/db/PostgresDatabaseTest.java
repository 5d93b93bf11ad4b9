package dev.waybill.server.db;

class PostgresDatabaseTest extends DatabaseContract {
    @Override
    TestDatabases.Place place() {
        return TestDatabases.postgres();
    }
}
