package dev.waybill.cli.home;

import dev.waybill.core.json.Json;
import dev.waybill.core.name.Digest;
import dev.waybill.core.problem.Problem;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The configuration directory: {@code WAYBILL_CONFIG_DIR}, else {@code XDG_CONFIG_HOME/waybill}, else
 * {@code ~/.config/waybill} (XDG base directory specification).
 */
public final class Home {
    private static final Set<PosixFilePermission> OWNER_FILE = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> OWNER_DIRECTORY = PosixFilePermissions.fromString("rwx------");

    private final Path directory;
    private final Map<String, String> environment;

    private Home(Path directory, Map<String, String> environment) {
        this.directory = directory;
        this.environment = environment;
    }

    public static Home of(Map<String, String> environment) {
        String own = environment.getOrDefault("WAYBILL_CONFIG_DIR", "");
        if (!own.isEmpty()) {
            return new Home(Path.of(own).toAbsolutePath(), environment);
        }
        String xdg = environment.getOrDefault("XDG_CONFIG_HOME", "");
        Path base = xdg.startsWith("/")
                ? Path.of(xdg)
                : Path.of(environment.getOrDefault("HOME", System.getProperty("user.home")), ".config");
        return new Home(base.resolve("waybill"), environment);
    }

    public Path directory() {
        return directory;
    }

    /** The server and token to use; {@code NOT_LOGGED_IN} when neither the environment nor a login says. */
    public Login login() throws IOException {
        Optional<Login> kept = kept();
        String url = environment.getOrDefault("WAYBILL_URL", "");
        String token = environment.getOrDefault("WAYBILL_TOKEN", "");
        if (url.isEmpty()) {
            url = kept.map(Login::url).orElse("");
        }
        if (token.isEmpty()) {
            // A kept token belongs to its own server and is shown to no other.
            String asked = url;
            token = kept.filter(login -> login.url().equals(asked))
                    .map(Login::token)
                    .orElse("");
        }
        if (url.isEmpty() || token.isEmpty()) {
            throw new Problem.Unauthenticated(
                            "NOT_LOGGED_IN",
                            "Finding the server to talk to",
                            url.isEmpty()
                                    ? "there is no login on this machine, and WAYBILL_URL is not set."
                                    : "there is no token for " + url + ".",
                            "Run `waybill login URL --token T`, or set WAYBILL_URL and WAYBILL_TOKEN.")
                    .exception();
        }
        return new Login(url, token);
    }

    public void keep(Login login) throws IOException {
        write(directory.resolve("login.json"), Json.write(login));
    }

    private Optional<Login> kept() throws IOException {
        Path file = directory.resolve("login.json");
        return Files.exists(file) ? Optional.of(Json.read(Files.readAllBytes(file), Login.class)) : Optional.empty();
    }

    /** The keys pinned for a server, as it published them at login. */
    public Optional<byte[]> trust(URI server) throws IOException {
        return pinned(server.toString());
    }

    private Optional<byte[]> pinned(String server) throws IOException {
        Path file = trustFile(server);
        return Files.exists(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
    }

    /** The keys of the server that one is logged in to, without asking for a token: an auditor needs none. */
    public Optional<byte[]> onlyTrust() throws IOException {
        String url = environment.getOrDefault("WAYBILL_URL", "");
        if (url.isEmpty()) {
            url = kept().map(Login::url).orElse("");
        }
        return url.isEmpty() ? Optional.empty() : pinned(url);
    }

    public void pin(URI server, byte[] trust) throws IOException {
        write(trustFile(server), trust);
    }

    public Path trustFile(URI server) {
        return trustFile(server.toString());
    }

    private Path trustFile(String server) {
        String name = Digest.sha256(server.getBytes(StandardCharsets.UTF_8)).shortHex();
        return directory.resolve("trust").resolve(name + ".json");
    }

    /** A random key of this machine, made when first asked for; it keeps secret values in fingerprints comparable here only. */
    public byte[] fingerprintKey() throws IOException {
        Path file = directory.resolve("fingerprint.key");
        if (Files.exists(file)) {
            return Files.readAllBytes(file);
        }
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        write(file, key);
        return key;
    }

    private static void write(Path file, byte[] bytes) throws IOException {
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        Files.createDirectories(file.getParent(), attributes(posix, OWNER_DIRECTORY));
        Path part = Files.createTempFile(file.getParent(), ".new-", "", attributes(posix, OWNER_FILE));
        Files.write(part, bytes);
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static FileAttribute<?>[] attributes(boolean posix, Set<PosixFilePermission> permissions) {
        return posix
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
                : new FileAttribute<?>[0];
    }
}
