package dev.waybill.server;

import dev.waybill.core.problem.Problem;
import dev.waybill.core.problem.ProblemException;
import java.io.PrintStream;
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
        try {
            Logging.configure();
            WaybillServer server = WaybillServer.start(ServerConfig.parse(arguments));
            CountDownLatch stopped = new CountDownLatch(1);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                server.close();
                stopped.countDown();
            }));
            server.greet(out);
            stopped.await();
            return 0;
        } catch (ProblemException e) {
            err.println("waybill server: " + e.problem().sentence() + " ["
                    + e.problem().code() + "]");
            return e.problem() instanceof Problem.Malformed ? 2 : 3;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }
}
