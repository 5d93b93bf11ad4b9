package dev.waybill.cli.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** The shop's own processes, looked at from outside as a customer would. */
final class Shops {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    private Shops() {}

    static String price(int port) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/price/tea"))
                .timeout(Duration.ofSeconds(5))
                .build();
        try {
            return CLIENT.send(request, HttpResponse.BodyHandlers.ofString())
                    .body()
                    .strip();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DemoFailed("The demo was interrupted.");
        }
    }

    /** Ends every process whose working directory lies below one of these hosts. */
    static void stop(List<Path> hosts) {
        working(hosts).forEach(ProcessHandle::destroy);
        Instant deadline = Instant.now().plusSeconds(5);
        while (!working(hosts).isEmpty() && Instant.now().isBefore(deadline)) {
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
        working(hosts).forEach(ProcessHandle::destroyForcibly);
    }

    private static List<ProcessHandle> working(List<Path> hosts) {
        return ProcessHandle.allProcesses()
                .filter(p -> hosts.stream().anyMatch(host -> worksIn(p, host)))
                .toList();
    }

    private static boolean worksIn(ProcessHandle process, Path host) {
        try {
            return Path.of("/proc", Long.toString(process.pid()), "cwd")
                    .toRealPath()
                    .startsWith(host.toRealPath());
        } catch (IOException e) {
            return false;
        }
    }
}
