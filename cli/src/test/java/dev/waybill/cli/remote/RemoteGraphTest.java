package dev.waybill.cli.remote;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.api.oci.Manifest;
import dev.waybill.cli.terminal.Progress;
import dev.waybill.cli.terminal.Terminal;
import dev.waybill.core.name.Digest;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RemoteGraphTest {
    private static final int DEPTH = 5000;
    private static final int SMALL_STACK = 256 * 1024;

    @TempDir
    Path directory;

    @Test
    void indexes_may_nest_deeper_than_a_stack() throws Exception {
        Map<String, byte[]> manifests = new HashMap<>();
        byte[] lost = index("");
        byte[] top = index(member(lost));
        for (int i = 1; i < DEPTH; i++) {
            manifests.put(Digest.sha256(top).toString(), top);
            top = index(member(top));
        }
        manifests.put("1.0", top);
        try (OtherRegistry registry = new OtherRegistry(exchange -> {
                    String path = exchange.getRequestURI().getPath();
                    byte[] found = path.contains("/manifests/")
                            ? manifests.get(path.substring(path.lastIndexOf('/') + 1))
                            : null;
                    OtherRegistry.send(exchange, found == null ? 404 : 200, found == null ? new byte[0] : found);
                });
                RemoteRegistry client = RemoteRegistryTest.client(registry, null, null);
                PrintStream nobody = new PrintStream(OutputStream.nullOutputStream(), false, UTF_8);
                Progress progress = new Progress(Terminal.plain(nobody, nobody, Clock.systemUTC()))) {
            RemoteGraph graph = new RemoteGraph(client, directory, progress);
            FutureTask<Digest> read = new FutureTask<>(graph::read);

            new Thread(null, read, "small", SMALL_STACK).start();

            // What is said about each of them would be asked for only after all of them were read.
            assertThatThrownBy(read::get)
                    .hasMessageContaining("REMOTE_UNKNOWN")
                    .hasMessageContaining(Digest.sha256(lost).toString());
            assertThat(graph.graph().size()).isEqualTo(DEPTH);
        }
    }

    private static String member(byte[] index) {
        return "{\"mediaType\":\"" + Manifest.INDEX_MEDIA_TYPE + "\",\"digest\":\"" + Digest.sha256(index)
                + "\",\"size\":" + index.length + "}";
    }

    private static byte[] index(String member) {
        return ("{\"schemaVersion\":2,\"mediaType\":\"" + Manifest.INDEX_MEDIA_TYPE + "\",\"manifests\":[" + member
                        + "]}")
                .getBytes(UTF_8);
    }
}
