package dev.waybill.server.garbage;

import dev.waybill.server.db.TestDatabases;
import java.nio.file.Path;

final class SqliteGarbageTest extends GarbageContract {
    @Override
    TestDatabases.Place place(Path directory) {
        return TestDatabases.sqlite(directory);
    }
}
