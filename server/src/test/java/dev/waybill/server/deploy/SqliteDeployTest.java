package dev.waybill.server.deploy;

import dev.waybill.server.db.TestDatabases;

class SqliteDeployTest extends DeployContract {
    @Override
    TestDatabases.Place place() {
        return TestDatabases.sqlite(data);
    }
}
