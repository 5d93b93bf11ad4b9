package dev.waybill.e2e.bench.registry;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A registry as a process of its own, with what it costs read from {@code /proc}. */
final class Peer implements AutoCloseable {
    private static final Pattern TOKEN = Pattern.compile("wbt_[A-Za-z0-9_-]+");
    private static final double TICKS = 100.0;

    final String name;
    final int port;
    final String token;
    private final Process process;

    private Peer(String name, int port, Process process, String token) {
        this.name = name;
        this.port = port;
        this.process = process;
        this.token = token;
    }

    /** Ours, as users run it; every write is durable before it is answered. */
    static Peer waybill(Path work, String launcher) throws IOException, InterruptedException {
        int port = free();
        Path log = work.resolve("waybill.log");
        Process process = start(
                log,
                List.of(
                        launcher,
                        "server",
                        "--data",
                        work.resolve("waybill").toString(),
                        "--port",
                        "" + port,
                        "--rate",
                        "account=none",
                        "--rate",
                        "address=none"));
        for (int i = 0; i < 600 && process.isAlive(); i++) {
            Matcher token = TOKEN.matcher(Files.readString(log));
            if (token.find()) {
                return answering(new Peer("waybill (durable)", port, process, token.group()));
            }
            Thread.sleep(50);
        }
        throw new IllegalStateException("waybill does not start: " + Files.readString(log));
    }

    /** zot as its users run it; {@code commit} makes it durable too. */
    static Peer zot(Path work, String program, boolean commit) throws IOException, InterruptedException {
        int port = free();
        Path config = work.resolve("zot.json");
        Files.writeString(
                config,
                "{\"distSpecVersion\":\"1.1.1\",\"storage\":{\"rootDirectory\":\"" + work.resolve("zot" + commit)
                        + "\",\"commit\":" + commit + "},\"http\":{\"address\":\"127.0.0.1\",\"port\":\"" + port
                        + "\",\"readTimeout\":\"10m\",\"writeTimeout\":\"10m\"},\"log\":{\"level\":\"error\",\"output\":\"/dev/null\"}}");
        Process process = start(work.resolve("zot.log"), List.of(program, "serve", config.toString()));
        return answering(new Peer(commit ? "zot (commit: true)" : "zot (default)", port, process, ""));
    }

    /** distribution with its own file system driver, which syncs files at their end. */
    static Peer distribution(Path work, String program) throws IOException, InterruptedException {
        int port = free();
        Path config = work.resolve("distribution.yml");
        Files.writeString(
                config,
                "version: 0.1\nlog:\n  level: error\n  accesslog:\n    disabled: true\nstorage:\n  filesystem:\n"
                        + "    rootdirectory: " + work.resolve("distribution")
                        + "\n  delete:\n    enabled: true\nhttp:\n  addr: 127.0.0.1:" + port + "\n");
        Process process = start(work.resolve("distribution.log"), List.of(program, "serve", config.toString()));
        return answering(new Peer("distribution", port, process, ""));
    }

    private static Process start(Path log, List<String> command) throws IOException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    private static Peer answering(Peer peer) throws InterruptedException {
        for (int i = 0; i < 600 && peer.process.isAlive(); i++) {
            try (Wire wire = peer.connect()) {
                if (wire.get("/v2/").status() == 200) {
                    return peer;
                }
            } catch (IOException e) {
                Thread.sleep(50);
            }
        }
        throw new IllegalStateException(peer.name + " does not answer");
    }

    Wire connect() throws IOException {
        return new Wire(port, token);
    }

    /** Seconds of processor time that it has used, with everything that it started. */
    double cpu() throws IOException {
        double all = 0;
        for (long pid : pids()) {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            all += (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS;
        }
        return all;
    }

    /** The most memory that it ever held, in MiB. */
    long peakMemory() throws IOException {
        long all = 0;
        for (long pid : pids()) {
            all += Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                    .filter(line -> line.startsWith("VmHWM"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                    .sum();
        }
        return all / 1024;
    }

    private List<Long> pids() {
        List<Long> pids = new ArrayList<>(List.of(process.pid()));
        try (Stream<ProcessHandle> children = process.descendants()) {
            children.forEach(child -> pids.add(child.pid()));
        }
        return pids;
    }

    private static int free() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        process.onExit().join();
    }
}
