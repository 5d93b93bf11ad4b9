package dev.waybill.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Requests that nobody would send, to a server in a process of its own: each is answered, none with 500, and the server
 * stays as large as it was. {@code -Dwaybill.requests.seed=N} repeats a failure, {@code -Dwaybill.requests=N} sends more.
 */
@Tag("long")
class RandomRequestsTest {
    private static final int REQUESTS = Integer.getInteger("waybill.requests", 20_000);
    private static final long SEED = Long.getLong("waybill.requests.seed", 7);
    private static final int PATIENCE = 20_000;
    private static final long MOST_RESIDENT = 768L * 1024;
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 ([0-9]{3}) ");
    private static final Pattern RESIDENT = Pattern.compile("VmHWM:\\s+([0-9]+) kB");

    @TempDir
    Path work;

    @Test
    void every_request_is_answered_and_none_with_500() throws IOException {
        try (ServerProcess server = ServerProcess.start(work)) {
            RandomRequests requests = new RandomRequests(SEED, server.adminToken());
            assertThat(requests.operations()).hasSizeGreaterThan(70);
            Map<Integer, Integer> statuses = new TreeMap<>();
            for (int i = 0; i < REQUESTS; i++) {
                byte[] request = requests.next();
                String answer = ask(server.port(), request);
                Matcher status = STATUS.matcher(answer);
                assertThat(status.lookingAt())
                        .as("request %d of seed %d: %s", i, SEED, shown(request))
                        .isTrue();
                int code = Integer.parseInt(status.group(1));
                assertThat(code)
                        .as("request %d of seed %d: %s%n%s", i, SEED, shown(request), answer)
                        .isNotIn(500, 502, 503, 504);
                statuses.merge(code, 1, Integer::sum);
            }
            assertThat(server.alive()).isTrue();
            assertThat(statuses.keySet()).as("answers of %s", statuses).contains(200, 201, 202, 400, 401, 404);
            assertThat(resident(server)).as("kB of memory at most").isLessThan(MOST_RESIDENT);
            assertThat(server.said()).doesNotContain("Exception");
            System.out.println(REQUESTS + " requests: " + statuses + ", " + resident(server) + " kB");
        }
    }

    private static String ask(int port, byte[] request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE);
            socket.getOutputStream().write(request);
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        }
    }

    private static String shown(byte[] request) {
        String text = new String(request, ISO_8859_1);
        return text.length() > 2000 ? text.substring(0, 2000) + "..." : text;
    }

    private static long resident(ServerProcess server) throws IOException {
        Matcher found = RESIDENT.matcher(Files.readString(Path.of("/proc", Long.toString(server.pid()), "status")));
        assertThat(found.find()).isTrue();
        return Long.parseLong(found.group(1));
    }
}
