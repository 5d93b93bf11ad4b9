package dev.waybill.api.client;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/** A Waybill server, by rooms. Each call is one request; problems come out as the server threw them. */
public final class WaybillClient {
    private final Connection connection;

    public WaybillClient(Connection connection) {
        this.connection = connection;
    }

    public static WaybillClient to(URI base, @Nullable String token) {
        return new WaybillClient(Connection.to(base, token));
    }

    public Connection connection() {
        return connection;
    }

    public IdentityCalls identity() {
        return new IdentityCalls(connection);
    }

    public ArtifactCalls artifacts() {
        return new ArtifactCalls(connection);
    }

    public EvidenceCalls evidence() {
        return new EvidenceCalls(connection);
    }

    public PromotionCalls promotions() {
        return new PromotionCalls(connection);
    }

    public ConfigurationCalls configuration() {
        return new ConfigurationCalls(connection);
    }

    public DeployCalls deploy() {
        return new DeployCalls(connection);
    }

    public InsightCalls insight() {
        return new InsightCalls(connection);
    }

    public LedgerCalls ledger() {
        return new LedgerCalls(connection);
    }

    public StorageCalls storage() {
        return new StorageCalls(connection);
    }

    public RegistryClient registry() {
        return new RegistryClient(connection);
    }
}
