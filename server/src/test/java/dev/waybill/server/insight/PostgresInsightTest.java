package dev.waybill.server.insight;

import dev.waybill.server.RegistryOptions;
import dev.waybill.server.ServerConfig;
import dev.waybill.server.db.TestDatabases;
import dev.waybill.server.garbage.Terms;
import dev.waybill.server.traffic.Rates;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;

@Tag("long")
class PostgresInsightTest extends InsightContract {
    @Override
    ServerConfig config(Path data) {
        return new ServerConfig(
                data,
                "127.0.0.1",
                0,
                null,
                TestDatabases.postgresUrl(),
                false,
                Terms.DEFAULT,
                RegistryOptions.NONE,
                Rates.DEFAULT,
                false);
    }
}
