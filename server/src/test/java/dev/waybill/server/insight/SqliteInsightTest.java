package dev.waybill.server.insight;

import dev.waybill.server.ServerConfig;
import java.nio.file.Path;

class SqliteInsightTest extends InsightContract {
    @Override
    ServerConfig config(Path data) {
        return ServerConfig.of(data, 0);
    }
}
