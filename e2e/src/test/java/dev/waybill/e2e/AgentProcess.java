package dev.waybill.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** An agent that deploys one application to one directory; what it started is stopped with the fixture. */
final class AgentProcess implements AutoCloseable {
    private final Path work;
    private final Path config;
    private final Path root;
    private LiveProcess process;

    private AgentProcess(Path work, Path config, Path root) {
        this.work = work;
        this.config = config;
        this.root = root;
        this.process = launch();
    }

    /** Invites, enrols and starts it. */
    static AgentProcess start(Path work, Team team, String environment, String application) {
        String name = environment + "-" + application;
        try {
            Path place = Files.createDirectories(work.resolve(name)).toRealPath();
            Path root = place.resolve("root");
            Path config = place.resolve("agent.yaml");
            Files.writeString(config, """
                    server: %s
                    name: %s
                    directory: %s
                    heartbeat: 1s
                    targets:
                      - {slot: %s/%s, driver: directory, root: %s, keep: 3}
                    """.formatted(
                            team.server().url(), name, place.resolve("state"), environment, application, root));
            String token = team.as("admin")
                    .run("agent", "invite", name, "--slot", environment + "/" + application)
                    .done()
                    .find("wbt_[A-Za-z0-9_-]+");
            team.as("admin")
                    .run("agent", "enrol", "--token", token, "--config", config.toString())
                    .done();
            return new AgentProcess(place, config, root);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private LiveProcess launch() {
        return LiveProcess.start("agent", work, Map.of(), LiveProcess.waybill("agent", "--config", config.toString()))
                .untilSays("agent works");
    }

    Path root() {
        return root;
    }

    Path config() {
        return config;
    }

    String said() {
        return process.said();
    }

    void kill() {
        process.kill();
    }

    void again() {
        process = launch();
    }

    /** Pids of all processes that work in a release's directory, as the kernel tells. */
    List<Long> serving() {
        return serving(root.resolve("releases"));
    }

    static List<Long> serving(Path releases) {
        List<Long> pids = new ArrayList<>();
        try (Stream<Path> all = Files.list(Path.of("/proc"))) {
            for (Path one : all.filter(p -> p.getFileName().toString().matches("[0-9]+"))
                    .toList()) {
                link(one.resolve("cwd"))
                        .filter(cwd -> cwd.startsWith(releases))
                        .ifPresent(
                                cwd -> pids.add(Long.valueOf(one.getFileName().toString())));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return pids;
    }

    /** The directory that {@code current} names; empty before the first deployment. */
    Optional<Path> current() {
        return link(root.resolve("current")).map(root::resolve);
    }

    /** Where the one serving process works. */
    Optional<Path> workingDirectory() {
        List<Long> pids = serving();
        return pids.size() == 1 ? link(Path.of("/proc", pids.getFirst().toString(), "cwd")) : Optional.empty();
    }

    private static Optional<Path> link(Path link) {
        try {
            return Optional.of(Files.readSymbolicLink(link));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        process.close();
        for (long pid : serving()) {
            ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
        }
    }
}
