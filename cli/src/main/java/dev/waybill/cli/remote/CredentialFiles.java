package dev.waybill.cli.remote;

import dev.waybill.core.json.Json;
import dev.waybill.core.problem.Problem;
import dev.waybill.core.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Where other tools keep their log-ins: containers-auth.json(5) first, then docker's config.json. Of each file the longest key
 * that covers the repository counts. Programs that keep credentials are not run.
 */
public final class CredentialFiles {
    private static final int LIMIT = 4 * 1024 * 1024;

    private final List<Path> files;

    private CredentialFiles(List<Path> files) {
        this.files = List.copyOf(files);
    }

    public static CredentialFiles of(Path file) {
        return new CredentialFiles(List.of(file));
    }

    public static CredentialFiles of(Map<String, String> environment) {
        List<Path> files = new ArrayList<>();
        String named = environment.getOrDefault("REGISTRY_AUTH_FILE", "");
        if (!named.isEmpty()) {
            return of(Path.of(named));
        }
        add(files, environment.get("XDG_RUNTIME_DIR"), "containers/auth.json");
        add(files, environment.get("XDG_CONFIG_HOME"), "containers/auth.json");
        String home = environment.getOrDefault("HOME", "");
        add(files, home, ".config/containers/auth.json");
        String docker = environment.getOrDefault("DOCKER_CONFIG", "");
        add(files, docker.isEmpty() ? home : docker, docker.isEmpty() ? ".docker/config.json" : "config.json");
        return new CredentialFiles(files);
    }

    private static void add(List<Path> files, @org.jspecify.annotations.Nullable String directory, String file) {
        if (directory != null && !directory.isEmpty()) {
            files.add(Path.of(directory, file));
        }
    }

    /** The log-in for a repository; {@code CREDENTIALS_UNREADABLE} for a file that is none. */
    public Optional<Credential> find(RemoteName name) throws IOException {
        for (Path file : files) {
            if (Files.isRegularFile(file)) {
                Optional<Credential> found = find(file, name);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<Credential> find(Path file, RemoteName name) throws IOException {
        JsonNode auths = read(file).path("auths");
        for (String key : keys(name)) {
            JsonNode auth = auths.path(key);
            if (auth.isObject()) {
                return credential(file, auth);
            }
        }
        return Optional.empty();
    }

    /** Docker Hub's log-in stands under the address of an interface that it no longer has. */
    private static List<String> keys(RemoteName name) {
        List<String> keys = new ArrayList<>();
        for (String path = name.place(); path.contains("/"); path = path.substring(0, path.lastIndexOf('/'))) {
            keys.add(path);
        }
        keys.add(name.host());
        keys.add("https://" + name.host());
        if (name.host().equals("docker.io")) {
            keys.add("https://index.docker.io/v1/");
        }
        return keys;
    }

    private static Optional<Credential> credential(Path file, JsonNode auth) {
        String coded = auth.path("auth").asString("");
        if (coded.isEmpty()) {
            return Optional.empty();
        }
        try {
            String text = new String(Base64.getDecoder().decode(coded), StandardCharsets.UTF_8);
            int colon = text.indexOf(':');
            if (colon > 0) {
                return Optional.of(new Credential(text.substring(0, colon), text.substring(colon + 1)));
            }
        } catch (IllegalArgumentException e) {
            // Said below, without what stands there.
        }
        throw unreadable(file, "an auth in it is not the base64 of USER:PASSWORD.");
    }

    private static JsonNode read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(LIMIT + 1);
            if (bytes.length > LIMIT) {
                throw unreadable(file, "it has more than " + LIMIT + " bytes.");
            }
            return Json.parse(bytes);
        } catch (ProblemException e) {
            throw unreadable(file, e.problem().missing());
        }
    }

    private static ProblemException unreadable(Path file, String missing) {
        return new Problem.Malformed(
                        "CREDENTIALS_UNREADABLE",
                        "Reading the log-ins in " + file,
                        missing,
                        "Log in again with the tool that writes it, or name another file with --auth-file.")
                .exception();
    }
}
