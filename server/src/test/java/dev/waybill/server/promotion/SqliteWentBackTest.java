package dev.waybill.server.promotion;

import dev.waybill.server.db.TestDatabases;

final class SqliteWentBackTest extends WentBackContract {
    @Override
    TestDatabases.Place place() {
        return TestDatabases.sqlite(data);
    }
}
