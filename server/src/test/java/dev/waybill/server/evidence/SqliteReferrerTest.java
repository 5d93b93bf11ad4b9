package dev.waybill.server.evidence;

import dev.waybill.server.db.TestDatabases;

class SqliteReferrerTest extends ReferrerContract {
    @Override
    TestDatabases.Place place() {
        return TestDatabases.sqlite(data);
    }
}
