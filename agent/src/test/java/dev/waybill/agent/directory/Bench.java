package dev.waybill.agent.directory;

import dev.waybill.agent.driver.Ended;
import dev.waybill.agent.driver.Order;
import dev.waybill.agent.host.Host;
import dev.waybill.agent.host.HostLauncher;
import dev.waybill.agent.host.Launcher;
import dev.waybill.agent.store.ContentStore;
import dev.waybill.agent.store.Disk;
import dev.waybill.agent.store.RealDisk;
import dev.waybill.api.promotion.ConfigurationValue;
import dev.waybill.core.json.Json;
import dev.waybill.core.name.CommitId;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.ReleaseId;
import dev.waybill.core.name.Span;
import dev.waybill.core.predicate.ConfigurationSet;
import dev.waybill.core.project.Run;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A target directory with real processes, and scripts to deploy to it. Closing it ends what still runs. */
public final class Bench implements AutoCloseable {
    /** Says who it is in {@code $OUT} and stays. */
    public static final String GOOD =
            "#!/bin/sh\nenv > \"$OUT.env\"\necho \"$WAYBILL_RELEASE $COLOUR\" > \"$OUT\"\nexec sleep 600\n";
    /** Ends at once. */
    public static final String BROKEN = "#!/bin/sh\necho broken\nexit 3\n";

    public final Path directory;
    public final Root root;
    public final Path out;

    public Bench(Path directory) {
        this.directory = directory;
        this.root = new Root(directory.resolve("shop"));
        this.out = directory.resolve("out");
    }

    public DirectoryDriver driver() throws IOException {
        return driver(new RealDisk(), new HostLauncher());
    }

    public DirectoryDriver driver(Disk disk, Launcher launcher) throws IOException {
        ContentStore content = new ContentStore(new RealDisk(), directory.resolve("content"));
        return new DirectoryDriver(
                root, 3, new DirectoryDriver.Tools(disk, launcher, Host.here(), content, Clock.systemUTC()));
    }

    public Order order(long number, String script) throws IOException {
        return order(number, script, health());
    }

    public Order order(long number, String script, Run.@Nullable Health health) throws IOException {
        Digest file = put(script);
        Digest artifact = put("manifest of " + script);
        return new Order(
                ReleaseId.parse("production/shop#" + number),
                artifact,
                new CommitId("c0ffee0000000000000000000000000000000000"),
                number,
                Map.of("OUT", value(out.toString()), "COLOUR", value("blue" + number)),
                new Order.Contents(
                        new Run(List.of("./serve"), health, Map.of("sh", "*")),
                        List.of(new Order.PackedFile("serve", file, Order.Form.FILE)),
                        List.of(file)),
                null);
    }

    /** The later release by which the server brings an earlier one back: the same bytes, the same configuration. */
    public Order again(long number, long earlier, String script) throws IOException {
        Order before = order(earlier, script);
        return new Order(
                ReleaseId.parse("production/shop#" + number),
                before.artifact(),
                before.commit(),
                before.configurationVersion(),
                before.configuration(),
                before.contents(),
                earlier);
    }

    /** Healthy once the process has said who it is, and only if it is this one. */
    public static Run.Health health() {
        return new Run.Health(
                null, null, List.of("sh", "-c", "grep -q \"^$WAYBILL_RELEASE \" \"$OUT\""), Span.parse("10s"));
    }

    public static ConfigurationValue value(String text) {
        return new ConfigurationValue(ConfigurationSet.Kind.VALUE, text);
    }

    public Digest put(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        new ContentStore(new RealDisk(), directory.resolve("content"))
                .take(Digest.sha256(bytes), new ByteArrayInputStream(bytes));
        return Digest.sha256(bytes);
    }

    /** What the serving process said of itself. */
    public String said() throws IOException {
        return Files.readString(out).strip();
    }

    public Started started() throws IOException {
        return Json.read(Files.readAllBytes(root.process()), Started.class);
    }

    public boolean alive() throws IOException {
        Started started = started();
        return new HostLauncher().alive(started.pid(), started.mark());
    }

    /** Processes whose working directory is in this target: the truth, whatever was written down. */
    public List<Long> processes() throws IOException {
        return ProcessHandle.allProcesses()
                .map(ProcessHandle::pid)
                .filter(pid -> {
                    try {
                        return Path.of("/proc", Long.toString(pid), "cwd")
                                .toRealPath()
                                .startsWith(root.path().toRealPath());
                    } catch (IOException e) {
                        return false;
                    }
                })
                .toList();
    }

    /** The same once the scripts' own short-lived children are through; after five seconds whatever is there. */
    public List<Long> settled() throws IOException {
        long end = System.nanoTime() + 5_000_000_000L;
        List<Long> now = processes();
        while (now.size() != 1 && System.nanoTime() < end) {
            Thread.onSpinWait();
            now = processes();
        }
        return now;
    }

    public static Ended.Offline someone() {
        return new Ended.Offline(new dev.waybill.core.name.ActorName("fourth"), "it burns");
    }

    @Override
    public void close() throws IOException {
        processes().forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
    }
}
