package dev.waybill.server.promotion;

import dev.waybill.server.db.TestDatabases;
import org.junit.jupiter.api.Tag;

@Tag("long")
final class PostgresWentBackTest extends WentBackContract {
    @Override
    TestDatabases.Place place() {
        return TestDatabases.postgres();
    }
}
