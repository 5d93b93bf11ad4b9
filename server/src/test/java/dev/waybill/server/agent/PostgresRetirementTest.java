package dev.waybill.server.agent;

import dev.waybill.server.db.TestDatabases;

class PostgresRetirementTest extends RetirementContract {
    @Override
    TestDatabases.Place place() {
        return TestDatabases.postgres();
    }
}
