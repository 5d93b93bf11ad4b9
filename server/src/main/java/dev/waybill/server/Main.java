package dev.waybill.server;

import dev.waybill.core.problem.Problem;
import dev.waybill.core.problem.ProblemException;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** {@code waybill server}. Exit codes: 0 after an orderly stop, 2 for misuse, 3 when it cannot start. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments), System.out, System.err));
    }

    /** Runs until the process is told to stop. */
    public static int run(List<String> arguments, PrintStream out, PrintStream err) {
        if (arguments.contains("--help") || arguments.contains("-h")) {
            out.print(ServerConfig.HELP);
            return 0;
        }
        try {
            Logging.configure();
            ServerConfig config = ServerConfig.parse(arguments);
            WaybillServer server = WaybillServer.start(config);
            if (config.check()) {
                return check(server, out);
            }
            CountDownLatch stopped = new CountDownLatch(1);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                server.close();
                out.flush();
                // A stop that was asked for is no failure: without this the exit code names the signal.
                Runtime.getRuntime().halt(0);
            }));
            server.greet(out);
            stopped.await();
            return 0;
        } catch (ProblemException e) {
            err.println(e.problem().lines());
            return e.problem() instanceof Problem.Malformed ? 2 : 3;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    /** Asks the running server for its own name, and stops it. */
    private static int check(WaybillServer server, PrintStream out) throws InterruptedException {
        try (server;
                HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(URI.create(server.url() + "/api/v1/server"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            out.println("The server starts and answers: " + answer.body());
            return answer.statusCode() == 200 ? 0 : 3;
        } catch (IOException e) {
            out.println("The server starts, but does not answer at " + server.url() + ": " + e.getMessage());
            return 3;
        }
    }
}
