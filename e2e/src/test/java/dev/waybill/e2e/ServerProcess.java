package dev.waybill.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A server on a data directory and a port of its own, which survive its death. */
final class ServerProcess implements AutoCloseable {
    private static final Pattern TOKEN = Pattern.compile("wbt_[A-Za-z0-9_-]+");

    private final Path work;
    private final Path data;
    private final int port;
    private final Map<String, String> environment;
    private LiveProcess process;
    private @Nullable String adminToken;

    private ServerProcess(Path work, Path data, int port, Map<String, String> environment) {
        this.work = work;
        this.data = data;
        this.port = port;
        this.environment = environment;
        this.process = launch();
    }

    /** Returns when it answers. */
    static ServerProcess start(Path work) {
        return on(work, work.resolve("data"));
    }

    /** With more in its environment. */
    static ServerProcess start(Path work, Map<String, String> environment) {
        return on(work, work.resolve("data"), environment);
    }

    static ServerProcess on(Path work, Path data) {
        return on(work, data, Map.of());
    }

    private static ServerProcess on(Path work, Path data, Map<String, String> environment) {
        try {
            Files.createDirectories(work);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ServerProcess(work, data, freePort(), environment);
    }

    /** One that is expected not to come up: nobody waits for its answer. */
    static LiveProcess attempt(Path work, String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "server";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return LiveProcess.start("server", work, Map.of(), LiveProcess.waybill(all));
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private LiveProcess launch() {
        List<String> command =
                LiveProcess.waybill("server", "--data", data.toString(), "--port", Integer.toString(port));
        LiveProcess started =
                LiveProcess.start("server", work, environment, command).untilSays("answers at");
        if (adminToken == null) {
            started.untilSays("waybill login");
            Matcher token = TOKEN.matcher(started.said());
            if (!token.find()) {
                throw new AssertionError("no admin token in:\n" + started.said());
            }
            adminToken = token.group();
        }
        return started;
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    Path data() {
        return data;
    }

    int port() {
        return port;
    }

    String adminToken() {
        return String.valueOf(adminToken);
    }

    String said() {
        return process.said();
    }

    boolean alive() {
        return process.alive();
    }

    long pid() {
        return process.pid();
    }

    void kill() {
        process.kill();
    }

    int stop() {
        return process.stop();
    }

    /** Starts it again on the same data and port. */
    void again() {
        process = launch();
    }

    @Override
    public void close() {
        process.close();
    }
}
