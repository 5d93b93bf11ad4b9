package dev.waybill.e2e.pages;

import dev.waybill.api.artifact.RegistrationRequest;
import dev.waybill.api.client.Content;
import dev.waybill.api.client.WaybillClient;
import dev.waybill.api.promotion.PromotionRequest;
import dev.waybill.api.promotion.PromotionView;
import dev.waybill.core.json.Json;
import dev.waybill.core.name.ActorName;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.CommitId;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.EnvironmentName;
import dev.waybill.core.predicate.Person;
import dev.waybill.server.ServerConfig;
import dev.waybill.server.WaybillServer;
import dev.waybill.server.identity.Actor;
import dev.waybill.server.identity.Grant;
import dev.waybill.server.identity.Role;
import dev.waybill.server.identity.Tokens;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** A server with one application whose artifact waits for an approval. */
final class WaitingShop implements AutoCloseable {
    static final ApplicationName SHOP = new ApplicationName("shop");

    final WaybillServer server;
    final Digest artifact;
    final PromotionView promotion;

    WaitingShop(Path data) {
        server = WaybillServer.start(ServerConfig.of(data, 0));
        client(Role.ADMIN)
                .promotions()
                .apply(
                        SHOP,
                        Json.parse("[{\"production\": {\"approvals\": 1}}]".getBytes(StandardCharsets.UTF_8)),
                        false);
        artifact = build(client(Role.BUILDER));
        promotion = client(Role.PROMOTER)
                .promotions()
                .promote(new PromotionRequest(artifact.toString(), new EnvironmentName("production")));
    }

    String token(Role role) {
        ActorName name = new ActorName(role.label());
        Actor actor = new Actor(name, Set.of(name + "@example.com"), List.of(Grant.everywhere(role)));
        return server.tokens().make(new Tokens.Wish(actor, false, null)).text();
    }

    private WaybillClient client(Role role) {
        return WaybillClient.to(URI.create(server.url()), token(role));
    }

    private static Digest build(WaybillClient builder) {
        Content config = Content.of("{}".getBytes(StandardCharsets.UTF_8));
        Content layer = Content.of("the shop".getBytes(StandardCharsets.UTF_8));
        builder.registry().push(SHOP, config);
        builder.registry().push(SHOP, layer);
        String manifest = """
                {"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json",
                "artifactType":"application/vnd.oci.unknown.v1",
                "config":{"mediaType":"application/vnd.oci.empty.v1+json","digest":"%s","size":%d},
                "layers":[{"mediaType":"application/java-archive","digest":"%s","size":%d,
                "annotations":{"org.opencontainers.image.title":"shop.jar"}}]}
                """.formatted(config.digest(), config.size(), layer.digest(), layer.size());
        Digest digest = builder.registry()
                .pushManifest(
                        SHOP, "application/vnd.oci.image.manifest.v1+json", manifest.getBytes(StandardCharsets.UTF_8));
        builder.artifacts()
                .register(new RegistrationRequest(
                        SHOP,
                        new CommitId("0123456789abcdef0123456789abcdef01234567"),
                        digest,
                        "https://git.example.com/shop.git",
                        new Person("Dan", "dan@example.com"),
                        null,
                        List.of(),
                        "build",
                        null));
        return digest;
    }

    @Override
    public void close() {
        server.close();
    }
}
