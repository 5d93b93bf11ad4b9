package dev.waybill.server.distribution;

import dev.waybill.server.db.TestDatabases;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;

@Tag("long")
class PostgresRegistryTest extends RegistryContract {
    @Override
    TestDatabases.Place place(Path directory) {
        return TestDatabases.postgres();
    }
}
