package dev.waybill.server.ledger;

import dev.waybill.server.db.TestDatabases;

class PostgresLedgerTest extends LedgerContract {
    @Override
    TestDatabases.Place place() {
        return TestDatabases.postgres();
    }
}
