package dev.waybill.server.promotion;

import dev.waybill.server.db.TestDatabases;

final class SqlitePromotionTest extends PromotionContract {
    @Override
    TestDatabases.Place place() {
        return TestDatabases.sqlite(data);
    }
}
