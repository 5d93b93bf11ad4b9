package dev.waybill.server.page;

import dev.waybill.core.name.Digest;
import dev.waybill.core.problem.Problem;
import dev.waybill.server.http.Call;
import dev.waybill.server.http.Permit;
import dev.waybill.server.http.Routes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The stylesheet, the script and the mark, from inside the program, each under a path that names its content. */
public final class Assets {
    private record Asset(String type, String text, String hash) {}

    private static final Map<String, Asset> ALL = Map.of(
            "waybill.css", load("waybill.css", "text/css; charset=utf-8"),
            "waybill.js", load("waybill.js", "text/javascript; charset=utf-8"),
            "mark.svg", load("mark.svg", "image/svg+xml"));

    private Assets() {}

    static String path(String name) {
        return "/assets/" + asset(name).hash() + "/" + name;
    }

    public static void addTo(Routes routes) {
        routes.get("/assets/{hash}/{name}", Permit.anyone(), Assets::send);
        routes.get("/favicon.ico", Permit.anyone(), call -> send(call, asset("mark.svg")));
    }

    private static void send(Call call) throws IOException {
        send(call, call.path("name", Assets::asset));
    }

    private static void send(Call call, Asset asset) throws IOException {
        call.header("Cache-Control", "public, max-age=31536000, immutable");
        Page.send(call, 200, asset.type(), asset.text().getBytes(StandardCharsets.UTF_8));
    }

    private static Asset asset(String name) {
        Asset asset = ALL.get(name);
        if (asset == null) {
            throw new Problem.NotFound(
                            "PATH_UNKNOWN",
                            "Reading /assets/" + name,
                            "there is nothing at this path.",
                            "Load the page again; it names its parts.")
                    .exception();
        }
        return asset;
    }

    private static Asset load(String name, String type) {
        try (InputStream in = Assets.class.getResourceAsStream("/assets/" + name)) {
            if (in == null) {
                throw new IllegalStateException("The program lacks its part /assets/" + name);
            }
            byte[] bytes = in.readAllBytes();
            return new Asset(
                    type,
                    new String(bytes, StandardCharsets.UTF_8),
                    Digest.sha256(bytes).shortHex());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
