package dev.waybill.cli.demo;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The stage: work directory, server, agents, package repository, and who plays which role. */
final class World implements AutoCloseable {
    /** What lives for a minute ends before good code pays for the time that making it takes. */
    private static final Map<String, String> SHORT_LIFE = Map.of("WAYBILL_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1");

    static final List<String> ENVIRONMENTS = List.of("dev", "staging", "production");

    final Narrator narrator;
    final Shell shell;
    final Path home;
    final Path work;
    final PackageRepository packages = new PackageRepository();
    private final Map<String, Integer> shopPorts = new LinkedHashMap<>();
    private final Path waybill;
    private final Map<String, String> tokens = new HashMap<>();
    private final Map<String, Wire> wires = new LinkedHashMap<>();
    private final Map<String, LongRunning> agents = new LinkedHashMap<>();
    private @Nullable LongRunning server;
    private @Nullable ShopRepository shop;
    private final int port;

    /**
     * @param home where {@code examples/} stands
     * @param waybill the launcher that users call
     */
    World(Narrator narrator, Path home, Path waybill, Path work) throws IOException {
        this.narrator = narrator;
        this.home = home;
        this.waybill = waybill;
        this.work = work;
        this.shell = new Shell(narrator, waybill);
        this.port = freePort(8080);
        for (String environment : ENVIRONMENTS) {
            shopPorts.put(environment, freePort(0));
        }
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    ShopRepository shop() {
        if (shop == null) {
            throw new DemoFailed("The shop's repository is not there yet.");
        }
        return shop;
    }

    void shop(ShopRepository made) {
        this.shop = made;
    }

    /** The network between the agent of an environment and the server. */
    Wire wire(String environment) throws IOException {
        Wire wire = wires.get(environment);
        if (wire == null) {
            wire = Wire.to(URI.create(url()));
            wires.put(environment, wire);
        }
        return wire;
    }

    /** Starts the server on the data directory of this world; returns when it answers. */
    LongRunning startServer() throws IOException {
        LongRunning started = LongRunning.start(
                "server",
                work,
                SHORT_LIFE,
                List.of(waybill.toString(), "server", "--data", data().toString(), "--port", "" + port));
        server = started;
        started.until("answers at", Duration.ofSeconds(30), () -> contains(started, "answers at"));
        return started;
    }

    void killServer() {
        if (server != null) {
            server.kill();
        }
    }

    Path data() {
        return work.resolve("server");
    }

    void startAgent(String environment) throws IOException {
        LongRunning agent = LongRunning.start(
                "agent-" + environment,
                work,
                SHORT_LIFE,
                List.of(
                        waybill.toString(),
                        "agent",
                        "--config",
                        agentConfig(environment).toString()));
        agents.put(environment, agent);
    }

    LongRunning agent(String environment) {
        LongRunning agent = agents.get(environment);
        if (agent == null) {
            throw new DemoFailed("No agent runs for " + environment + ".");
        }
        return agent;
    }

    Path agentConfig(String environment) {
        return work.resolve("agent-" + environment + ".yaml");
    }

    /** Where the agent of an environment deploys the shop to. */
    Path host(String environment) {
        return work.resolve("hosts").resolve(environment);
    }

    void token(String actor, String token) {
        tokens.put(actor, token);
    }

    int shopPort(String environment) {
        Integer shopPort = shopPorts.get(environment);
        if (shopPort == null) {
            throw new DemoFailed("There is no port for " + environment + ".");
        }
        return shopPort;
    }

    String tokenOf(String actor) {
        String token = tokens.get(actor);
        if (token == null) {
            throw new DemoFailed("There is no token for " + actor + ".");
        }
        return token;
    }

    /** The shop's commit as one writes an artifact: twelve digits are enough. */
    String artifact() throws IOException {
        return "shop@" + shop().head().substring(0, 12);
    }

    /** Where somebody's login and pinned keys are. */
    Path desk(String actor) {
        return work.resolve("desks").resolve(actor);
    }

    /** The setting of somebody at their own desk: their token, their pinned keys, the build machine's Maven. */
    Shell.Setting as(String actor) {
        Map<String, String> environment = new HashMap<>();
        environment.put("WAYBILL_URL", url());
        environment.put("WAYBILL_TOKEN", tokenOf(actor));
        environment.put("WAYBILL_CONFIG_DIR", desk(actor).toString());
        environment.put("NO_COLOR", "1");
        environment.putAll(maven("build-machine"));
        return new Shell.Setting(actor, work, environment, null);
    }

    /** Maven on this machine: its local repository, nothing of the user's own. */
    Map<String, String> maven(String machine) {
        return Map.of(
                "MAVEN_OPTS",
                "-Dmaven.repo.local=" + work.resolve(machine)
                        + " -XX:+UseSerialGC -XX:TieredStopAtLevel=1 --sun-misc-unsafe-memory-access=allow",
                "TEAM_REPOSITORY",
                packages.url());
    }

    static boolean contains(LongRunning process, String text) {
        try {
            return process.said().contains(text);
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort(int wanted) throws IOException {
        try (ServerSocket socket = new ServerSocket(wanted)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            if (wanted == 0) {
                throw e;
            }
            return freePort(0);
        }
    }

    /** Stops what runs, the shop's own processes too, which outlive their agents by design. */
    @Override
    public void close() {
        agents.values().forEach(LongRunning::stop);
        agents.values().forEach(LongRunning::close);
        wires.values().forEach(Wire::close);
        if (server != null) {
            server.close();
        }
        packages.close();
        Shops.stop(ENVIRONMENTS.stream().map(this::host).toList());
    }

    void deleteWork() throws IOException {
        try (var tree = Files.walk(work)) {
            for (Path path : tree.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
