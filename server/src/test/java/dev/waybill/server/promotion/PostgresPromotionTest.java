package dev.waybill.server.promotion;

import dev.waybill.server.db.TestDatabases;

final class PostgresPromotionTest extends PromotionContract {
    @Override
    TestDatabases.Place place() {
        return TestDatabases.postgres();
    }
}
