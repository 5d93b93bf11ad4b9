package dev.waybill.e2e.bench;

import dev.waybill.api.WaybillVersion;
import dev.waybill.api.client.WaybillClient;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.Slot;
import dev.waybill.server.ServerConfig;
import dev.waybill.server.WaybillServer;
import dev.waybill.server.identity.Role;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/**
 * How long the board takes with many applications in four environments, as JSON and as a page. Arguments: how many
 * applications (500). Prints milliseconds; the budget is 100 ms for 500 applications.
 */
final class BoardBenchmark {
    private static final List<String> ENVIRONMENTS = List.of("dev", "test", "staging", "production");
    private static final int TIMES = 50;

    private BoardBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        int applications = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 500;
        Path data = Files.createTempDirectory("waybill-board");
        System.out.printf("%s, load %.1f before%n", WaybillVersion.TEXT, load());
        long start = System.nanoTime();
        seed(data, applications);
        System.out.printf(
                "%d applications x %d environments, seeded in %.1f s%n",
                applications, ENVIRONMENTS.size(), (System.nanoTime() - start) / 1e9);
        int last = Math.max(1, applications / 100 - 1);
        try (WaybillServer server = WaybillServer.start(ServerConfig.of(data, 0));
                HttpClient client = HttpClient.newHttpClient()) {
            String token = Fleet.token(server, Role.VIEWER);
            WaybillClient viewer = WaybillClient.to(URI.create(server.url()), token);
            URI api = URI.create(server.url() + "/api/v1/board?page=" + last);
            URI page = URI.create(server.url() + "/?page=" + last);
            measure("board, 100 rows of JSON", () -> get(client, api, "Authorization", "Bearer " + token));
            measure(
                    "  and read by our client",
                    () -> viewer.insight().board(null, last).rows().size());
            measure("board, 100 rows of HTML", () -> get(client, page, "Cookie", "waybill=" + token));
            measure("running, every slot", () -> viewer.insight().running(null).size());
        }
        System.out.printf("load %.1f after%n", load());
    }

    private static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    private static void seed(Path data, int applications) throws SQLException {
        List<ApplicationName> names = IntStream.range(0, applications)
                .mapToObj(i -> new ApplicationName(String.format("application-%03d", i)))
                .toList();
        Fleet fleet = new Fleet();
        JsonNode pipeline;
        try (WaybillServer server = WaybillServer.start(ServerConfig.of(data, 0))) {
            fleet.enrol(
                    server,
                    names.stream()
                            .flatMap(n -> ENVIRONMENTS.stream().map(e -> Slot.parse(e + "/" + n)))
                            .toList());
            pipeline = Fleet.pipeline(server, names.getFirst(), ENVIRONMENTS);
        }
        new SqlFleet(fleet.key, ENVIRONMENTS, pipeline).write(data, names);
    }

    private static int get(HttpClient client, URI uri, String header, String value)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("Accept", header.equals("Cookie") ? "text/html" : "application/json")
                .header("Accept-Encoding", "gzip")
                .header(header, value)
                .build();
        HttpResponse<byte[]> answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
        if (answer.statusCode() != 200) {
            throw new IOException(uri + " answers " + answer.statusCode());
        }
        return answer.body().length;
    }

    private static void measure(String what, Callable<Integer> question) throws Exception {
        int size = 0;
        for (int i = 0; i < TIMES; i++) {
            size = question.call();
        }
        double[] millis = new double[TIMES];
        for (int i = 0; i < TIMES; i++) {
            long start = System.nanoTime();
            size = question.call();
            millis[i] = (System.nanoTime() - start) / 1e6;
        }
        Arrays.sort(millis);
        System.out.printf(
                "%-26s median %6.1f ms, p95 %6.1f ms (answer: %d)%n",
                what, millis[TIMES / 2], millis[TIMES * 95 / 100], size);
    }
}
