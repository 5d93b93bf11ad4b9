package dev.waybill.server.artifact;

import dev.waybill.server.db.TestDatabases;

class SqliteArtifactTest extends ArtifactContract {
    @Override
    TestDatabases.Place place() {
        return TestDatabases.sqlite(data);
    }
}
