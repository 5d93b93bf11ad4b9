package dev.waybill.server.promotion;

import dev.waybill.server.db.TestDatabases;

final class PostgresWentBackTest extends WentBackContract {
    @Override
    TestDatabases.Place place() {
        return TestDatabases.postgres();
    }
}
