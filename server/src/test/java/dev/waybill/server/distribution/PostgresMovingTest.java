package dev.waybill.server.distribution;

import dev.waybill.server.db.TestDatabases;
import java.nio.file.Path;

class PostgresMovingTest extends MovingContract {
    @Override
    TestDatabases.Place place(Path directory) {
        return TestDatabases.postgres();
    }
}
