package dev.waybill.server.evidence;

import dev.waybill.server.db.TestDatabases;

class PostgresReferrerTest extends ReferrerContract {
    @Override
    TestDatabases.Place place() {
        return TestDatabases.postgres();
    }
}
