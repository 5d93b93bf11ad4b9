package dev.waybill.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.core.name.Digest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An upload whose server is killed goes on where it stood, as a client of the distribution specification does it. */
@SuppressWarnings("NullAway.Init")
class UploadKillTest {
    private static final int SENT = 5_000_000;

    @TempDir
    Path work;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private ServerProcess server;

    @AfterEach
    void stop() {
        client.close();
        if (server != null) {
            server.close();
        }
    }

    @Test
    void an_upload_goes_on_after_the_server_was_killed() throws Exception {
        byte[] blob = new byte[8_000_000];
        new Random(8).nextBytes(blob);
        server = ServerProcess.start(work);
        String location = header(send("POST", "/v2/shop/blobs/uploads/", new byte[0]), "Location");
        assertThat(send("PATCH", location, Arrays.copyOf(blob, SENT)).statusCode())
                .isEqualTo(202);

        server.kill();
        server.again();

        HttpResponse<byte[]> status = send("GET", location, new byte[0]);
        assertThat(status.statusCode()).isEqualTo(204);
        assertThat(header(status, "Range")).isEqualTo("0-" + (SENT - 1));
        byte[] rest = Arrays.copyOfRange(blob, SENT, blob.length);
        HttpResponse<byte[]> patched = send("PATCH", location, rest, "Content-Range", SENT + "-" + (blob.length - 1));
        assertThat(patched.statusCode()).isEqualTo(202);
        String digest = Digest.sha256(blob).toString();
        assertThat(send("PUT", location + "?digest=" + digest, new byte[0]).statusCode())
                .isEqualTo(201);
        assertThat(send("GET", "/v2/shop/blobs/" + digest, new byte[0]).body()).isEqualTo(blob);
    }

    private static String header(HttpResponse<byte[]> response, String name) {
        return response.headers().firstValue(name).orElseThrow();
    }

    private HttpResponse<byte[]> send(String method, String path, byte[] body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.url() + path))
                .header("Authorization", "Bearer " + server.adminToken())
                .method(method, HttpRequest.BodyPublishers.ofByteArray(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }
}
