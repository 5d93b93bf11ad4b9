package dev.waybill.server.evidence;

import dev.waybill.server.db.TestDatabases;

class PostgresEvidenceTest extends EvidenceContract {
    @Override
    TestDatabases.Place place() {
        return TestDatabases.postgres();
    }
}
