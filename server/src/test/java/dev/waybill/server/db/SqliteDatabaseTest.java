package dev.waybill.server.db;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteDatabaseTest extends DatabaseContract {
    @TempDir
    Path directory;

    @Override
    TestDatabases.Place place() {
        return TestDatabases.sqlite(directory);
    }
}
