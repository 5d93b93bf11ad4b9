package dev.waybill.server.ledger;

import dev.waybill.server.db.TestDatabases;

class SqliteLedgerTest extends LedgerContract {
    @Override
    TestDatabases.Place place() {
        return TestDatabases.sqlite(data);
    }
}
