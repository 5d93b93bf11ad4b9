package dev.waybill.server.distribution;

import dev.waybill.server.db.TestDatabases;
import java.nio.file.Path;

class PostgresQuotaTest extends QuotaContract {
    @Override
    TestDatabases.Place place(Path directory) {
        return TestDatabases.postgres();
    }
}
