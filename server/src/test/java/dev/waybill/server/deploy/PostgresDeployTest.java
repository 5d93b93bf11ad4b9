package dev.waybill.server.deploy;

import dev.waybill.server.db.TestDatabases;

class PostgresDeployTest extends DeployContract {
    @Override
    TestDatabases.Place place() {
        return TestDatabases.postgres();
    }
}
