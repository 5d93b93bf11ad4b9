package dev.waybill.server.artifact;

import dev.waybill.server.db.TestDatabases;

class PostgresArtifactTest extends ArtifactContract {
    @Override
    TestDatabases.Place place() {
        return TestDatabases.postgres();
    }
}
