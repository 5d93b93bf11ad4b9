package dev.waybill.server.artifact;

import dev.waybill.server.db.TestDatabases;
import org.junit.jupiter.api.Tag;

@Tag("long")
class PostgresArtifactTest extends ArtifactContract {
    @Override
    TestDatabases.Place place() {
        return TestDatabases.postgres();
    }
}
