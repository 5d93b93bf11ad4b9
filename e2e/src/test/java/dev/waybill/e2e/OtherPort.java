package dev.waybill.e2e;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Another registry, real, on this machine. */
record OtherPort(LiveProcess process, int port) implements AutoCloseable {
    /** bcrypt of {@code harbour-secret}, for the user {@code reader}. */
    private static final String READER = "reader:$2b$05$YZdEQKOt2ZZ8rWRfDGQIheIjIpxvyzDWyOPHByOhTJjY6c/22H8oG\n";

    static final String PASSWORD = "harbour-secret";

    String host() {
        return "127.0.0.1:" + port;
    }

    /** Debian's docker-registry or distribution's own; neither lists referrers. */
    static OtherPort distribution(Path work, String program) throws IOException {
        int port = ServerProcess.freePort();
        Path directory = Files.createDirectories(work.resolve(program));
        Path config = directory.resolve("config.yml");
        Files.writeString(
                config,
                "version: 0.1\nlog: {level: error}\nstorage:\n  filesystem:\n    rootdirectory: " + directory
                        + "/store\nhttp:\n  addr: 127.0.0.1:" + port + "\n");
        return start(
                program, directory, port, List.of(RealParts.program(program).toString(), "serve", config.toString()));
    }

    /** zot lists referrers; this one wants a password. */
    static OtherPort zot(Path work) throws IOException {
        int port = ServerProcess.freePort();
        Path directory = Files.createDirectories(work.resolve("zot"));
        Files.writeString(directory.resolve("htpasswd"), READER);
        Path config = directory.resolve("config.json");
        Files.writeString(
                config,
                "{\"storage\":{\"rootDirectory\":\"" + directory
                        + "/store\"},\"http\":{\"address\":\"127.0.0.1\",\"port\":\""
                        + port + "\",\"auth\":{\"htpasswd\":{\"path\":\"" + directory
                        + "/htpasswd\"}}},\"log\":{\"level\":\"error\"}}");
        return start("zot", directory, port, List.of(RealParts.program("zot").toString(), "serve", config.toString()));
    }

    private static OtherPort start(String name, Path directory, int port, List<String> command) {
        LiveProcess process = LiveProcess.start(name, directory, Map.of(), command);
        process.until("answers", () -> answers(port));
        return new OtherPort(process, port);
    }

    private static boolean answers(int port) {
        try (HttpClient http = HttpClient.newHttpClient()) {
            int status = http.send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v2/"))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
            return status == 200 || status == 401;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
