package dev.waybill.server.garbage;

import dev.waybill.server.db.TestDatabases;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;

@Tag("long")
final class PostgresGarbageTest extends GarbageContract {
    @Override
    TestDatabases.Place place(Path directory) {
        return TestDatabases.postgres();
    }
}
