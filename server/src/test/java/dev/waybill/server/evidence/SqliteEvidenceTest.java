package dev.waybill.server.evidence;

import dev.waybill.server.db.TestDatabases;

class SqliteEvidenceTest extends EvidenceContract {
    @Override
    TestDatabases.Place place() {
        return TestDatabases.sqlite(data);
    }
}
