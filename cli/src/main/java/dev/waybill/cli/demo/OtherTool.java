package dev.waybill.cli.demo;

import dev.waybill.api.client.Connection;
import dev.waybill.api.client.Content;
import dev.waybill.api.client.RegistryClient;
import dev.waybill.core.json.Json;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.Digest;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Some other build tool that pushes to the registry without asking Waybill for an artifact. */
final class OtherTool {
    private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";

    private OtherTool() {}

    /** Pushes one file as an artifact of the shop's repository; returns the manifest's digest. */
    static String pushJar(World world, byte[] content) throws IOException {
        String token = world.as("builder").environment().get("WAYBILL_TOKEN");
        RegistryClient registry = new RegistryClient(Connection.to(URI.create(world.url()), token));
        ApplicationName shop = new ApplicationName("shop");
        byte[] empty = "{}".getBytes(StandardCharsets.UTF_8);
        registry.push(shop, Content.of(empty));
        registry.push(shop, Content.of(content));
        Map<String, Object> manifest = Map.of(
                "schemaVersion",
                2,
                "mediaType",
                MANIFEST,
                "artifactType",
                "application/vnd.waybill.jar.v1",
                "config",
                descriptor("application/vnd.oci.empty.v1+json", empty),
                "layers",
                List.of(descriptor("application/java-archive", content)));
        return registry.pushManifest(shop, MANIFEST, Json.write(manifest)).toString();
    }

    private static Map<String, Object> descriptor(String mediaType, byte[] content) {
        return Map.of("mediaType", mediaType, "digest", Digest.sha256(content).toString(), "size", content.length);
    }
}
