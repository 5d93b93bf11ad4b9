package dev.waybill.server.deploy;

import dev.waybill.server.db.TestDatabases;
import org.junit.jupiter.api.Tag;

@Tag("long")
class PostgresDeployTest extends DeployContract {
    @Override
    TestDatabases.Place place() {
        return TestDatabases.postgres();
    }
}
