package dev.waybill.e2e.bench;

import dev.waybill.api.client.WaybillClient;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.Slot;
import dev.waybill.server.ServerConfig;
import dev.waybill.server.WaybillServer;
import dev.waybill.server.identity.Role;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;

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
        try (WaybillServer server = WaybillServer.start(ServerConfig.of(data, 0))) {
            Fleet fleet = new Fleet(server, ENVIRONMENTS);
            List<ApplicationName> names = IntStream.range(0, applications)
                    .mapToObj(i -> new ApplicationName(String.format("application-%03d", i)))
                    .toList();
            fleet.enrol(names.stream()
                    .flatMap(n -> ENVIRONMENTS.stream().map(e -> Slot.parse(e + "/" + n)))
                    .toList());
            long start = System.nanoTime();
            for (ApplicationName name : names) {
                fleet.bringToTheLastEnvironment(name);
            }
            System.out.printf(
                    "%d applications x %d environments, seeded in %d s%n",
                    applications, ENVIRONMENTS.size(), (System.nanoTime() - start) / 1_000_000_000);
            String token = fleet.token(Role.VIEWER);
            WaybillClient viewer = WaybillClient.to(URI.create(server.url()), token);
            measure(
                    "board, one page of JSON",
                    () -> viewer.insight().board(null, 3).rows().size());
            measure("board, one page of HTML", () -> page(server.url() + "/?page=3", token));
            measure("running, everything", () -> viewer.insight().running(null).size());
        }
    }

    private static int page(String url, String token) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                    .header("Accept", "text/html")
                    .header("Accept-Encoding", "gzip")
                    .header("Cookie", "waybill=" + token)
                    .build();
            return client.send(request, HttpResponse.BodyHandlers.ofByteArray()).body().length;
        }
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
