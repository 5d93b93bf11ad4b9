package dev.waybill.agent.host;

import dev.waybill.core.project.Run;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Asks a started release whether it serves. Healthy only while its own process lives: another one on the port does not count. */
public final class Health {
    private static final int TIMEOUT_MILLIS = 2_000;
    private static final int LAST_PORT = 65_535;
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final Duration SETTLED = Duration.ofSeconds(1);

    private final BooleanSupplier alive;
    private final BooleanSupplier enough;

    /**
     * @param alive whether the process that was started lives
     * @param enough true once nobody wants the answer any more
     */
    public Health(BooleanSupplier alive, BooleanSupplier enough) {
        this.alive = alive;
        this.enough = enough;
    }

    /** Where and how to ask. */
    public record Place(Path directory, Map<String, String> environment) {}

    /** @param sentence how it was seen, or what the last answer was */
    public record Finding(boolean healthy, String sentence) {}

    public Finding check(Run.@Nullable Health wanted, Place place) {
        if (wanted == null) {
            return settled();
        }
        String impossible = impossible(wanted, place);
        if (!impossible.isEmpty()) {
            return new Finding(false, "its health cannot be asked: " + impossible);
        }
        long begun = System.nanoTime();
        String last = "nothing was asked yet";
        do {
            if (!alive.getAsBoolean()) {
                return new Finding(false, "the process ended by itself " + seconds(begun) + " s after its start");
            }
            last = ask(wanted, place);
            if (last.isEmpty() && alive.getAsBoolean()) {
                return new Finding(true, describe(wanted, place) + " after " + seconds(begun) + " s");
            }
            Pause.of(PAUSE);
        } while (!enough.getAsBoolean()
                && System.nanoTime() - begun < wanted.within().length().toNanos());
        String time = enough.getAsBoolean() ? " after " + seconds(begun) + " s" : " within " + wanted.within();
        return new Finding(false, "not healthy" + time + ": " + last);
    }

    private Finding settled() {
        long end = System.nanoTime() + SETTLED.toNanos();
        while (System.nanoTime() < end) {
            if (!alive.getAsBoolean()) {
                return new Finding(false, "the process ended by itself within a second");
            }
            Pause.of(PAUSE);
        }
        return new Finding(true, "no health check is declared; the process lived for a second");
    }

    /** Why no answer can ever come, so that nobody waits for it; empty when one may. */
    private static String impossible(Run.Health wanted, Place place) {
        try {
            if (wanted.http() != null) {
                url(wanted.http(), place);
            } else if (wanted.command() == null) {
                port(place);
            }
            return "";
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }

    /** Empty when healthy; otherwise what was wrong. */
    private static String ask(Run.Health wanted, Place place) {
        try {
            if (wanted.http() != null) {
                return http(url(wanted.http(), place));
            }
            if (wanted.command() != null) {
                return command(wanted.command(), place);
            }
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port(place)), TIMEOUT_MILLIS);
                return "";
            }
        } catch (IOException | IllegalArgumentException e) {
            return Failure.of(e);
        }
    }

    private static URI url(String path, Place place) throws IOException {
        try {
            return new URI("http://127.0.0.1:" + port(place) + path);
        } catch (URISyntaxException e) {
            throw new IOException("the path " + path + " cannot stand in a URL", e);
        }
    }

    private static String http(URI uri) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection(Proxy.NO_PROXY);
        connection.setConnectTimeout(TIMEOUT_MILLIS);
        connection.setReadTimeout(TIMEOUT_MILLIS);
        connection.setInstanceFollowRedirects(false);
        try {
            int status = connection.getResponseCode();
            return status >= 200 && status < 300 ? "" : uri + " answered " + status;
        } finally {
            connection.disconnect();
        }
    }

    private static String command(List<String> command, Place place) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(place.directory().toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().clear();
        builder.environment().putAll(place.environment());
        Process process = builder.start();
        try {
            if (!process.waitFor(TIMEOUT_MILLIS * 5L, TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                return String.join(" ", command) + " did not end";
            }
            return process.exitValue() == 0 ? "" : String.join(" ", command) + " exited " + process.exitValue();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The agent was told to end", e);
        }
    }

    private static int port(Place place) throws IOException {
        String text = place.environment().get("PORT");
        if (text == null) {
            throw new IOException("the configuration has no PORT with a port number to ask on");
        }
        if (!text.matches("[1-9][0-9]{0,4}") || Integer.parseInt(text) > LAST_PORT) {
            throw new IOException("PORT=" + (text.length() > 20 ? text.substring(0, 20) + "..." : text)
                    + " is no port; 1 to 65535 are");
        }
        return Integer.parseInt(text);
    }

    private static String describe(Run.Health wanted, Place place) {
        String port = place.environment().getOrDefault("PORT", "");
        if (wanted.http() != null) {
            return "GET " + wanted.http() + " on port " + port + " answered 2xx";
        }
        return wanted.command() != null
                ? String.join(" ", wanted.command()) + " exited 0"
                : "port " + port + " accepted a connection";
    }

    private static String seconds(long begun) {
        return "%.1f".formatted((System.nanoTime() - begun) / 1e9);
    }
}
