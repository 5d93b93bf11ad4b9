package dev.waybill.server.agent;

import dev.waybill.server.db.TestDatabases;

class SqliteRetirementTest extends RetirementContract {
    @Override
    TestDatabases.Place place() {
        return TestDatabases.sqlite(data);
    }
}
