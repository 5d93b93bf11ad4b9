package dev.waybill.agent.directory;

import dev.waybill.agent.host.Failure;
import dev.waybill.agent.host.Health;
import dev.waybill.agent.host.Launcher;
import dev.waybill.agent.store.Disk;
import dev.waybill.core.json.Json;
import dev.waybill.core.name.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The one process of a target: started from a release that lies on the shelf, known again, asked, stopped. Whatever is
 * started here, what was started before it is gone by then: there is never a second instance.
 */
final class Instance {
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final DirectoryDriver.Tools tools;
    private final Disk disk;
    private final Root root;
    private final Shelf shelf;
    private final Settings settings;

    Instance(DirectoryDriver.Tools tools, Root root, Shelf shelf) {
        this.tools = tools;
        this.disk = tools.disk();
        this.root = root;
        this.shelf = shelf;
        this.settings = new Settings(disk, root);
    }

    /** The process that was started last, whether it lives or not. */
    Optional<Started> started() throws IOException {
        return disk.read(root.process()).map(bytes -> Json.read(bytes, Started.class));
    }

    boolean lives(Started started) {
        return tools.launcher().alive(started.pid(), started.mark());
    }

    /** The good release that is meant to serve, alive or not: the one started last, or else the one that {@code current} names. */
    @Nullable
    Long serving() throws IOException {
        Optional<Started> started = started();
        if (started.isPresent() && good(started.get().number()).isPresent()) {
            return started.get().number();
        }
        if (!Files.isSymbolicLink(root.current())) {
            return null;
        }
        String directory = Files.readSymbolicLink(root.current()).getFileName().toString();
        return shelf.all().stream()
                .filter(k -> k.directory().equals(directory) && k.state() == Kept.State.GOOD)
                .findFirst()
                .map(Kept::number)
                .orElse(null);
    }

    /** The release of that number, if it was healthy here. */
    Optional<Kept> good(long number) throws IOException {
        return shelf.find(number).filter(k -> k.state() == Kept.State.GOOD);
    }

    Kept kept(long number) throws IOException {
        return shelf.find(number).orElseThrow(() -> new IOException("the record of release " + number + " is gone"));
    }

    /** What has to be on disk before a process is known under another number. */
    @FunctionalInterface
    interface Before {
        void write() throws IOException;
    }

    /** Lets the living process of a kept release go on under another number; false when it does not live. */
    boolean rename(Kept kept, long number, Before before) throws IOException {
        Optional<Started> started =
                started().filter(s -> s.directory().equals(kept.directory())).filter(this::lives);
        if (started.isEmpty()) {
            return false;
        }
        before.write();
        note(started.get().under(number));
        return true;
    }

    /** Takes down that the process that runs was found healthy: from now on it is started again when it is lost. */
    void healthy() throws IOException {
        Optional<Started> started = started();
        if (started.isPresent()) {
            note(started.get().as(Started.Standing.HEALTHY));
        }
    }

    /** Ends the process that was started last, and what is left of its session. */
    void stop() throws IOException {
        Optional<Started> started = started();
        if (started.isPresent()) {
            tools.launcher().stop(started.get().pid(), started.get().mark(), GRACE);
        }
    }

    /** A release that lay here for a while is checked against what was approved before it serves again. Empty, or why not. */
    String point(long number) throws IOException {
        Kept kept = kept(number);
        try {
            if (kept.state() == Kept.State.GOOD) {
                mend(kept);
            }
            disk.point(root.current(), Path.of("releases", kept.directory()));
            return "";
        } catch (IOException | RuntimeException e) {
            return "its files could not be brought back: " + Failure.of(e);
        }
    }

    /**
     * Empty when the process was started; otherwise why not. After a crash in this step the process that was written down
     * may still wait for its line in vain, so whatever it is, it makes room for a new one.
     */
    String launch(long number, Started.@Nullable Standing standing) throws IOException {
        stop();
        Kept kept = kept(number);
        try {
            Map<String, String> environment = environment(kept);
            Path directory = root.release(kept.directory());
            List<String> command = command(kept, directory, environment.getOrDefault("PATH", ""));
            Launcher.Launch launch =
                    new Launcher.Launch(command, directory, new Logs(disk, root).begin(number), environment);
            tools.launcher()
                    .start(
                            launch,
                            (pid, mark) -> note(new Started(
                                    number,
                                    kept.directory(),
                                    pid,
                                    mark,
                                    tools.clock().instant(),
                                    standing)));
            return "";
        } catch (IOException | RuntimeException e) {
            return "the process could not be started: " + Failure.of(e);
        }
    }

    /** @param enough true once nobody wants the answer any more */
    Health.Finding ask(long number, BooleanSupplier enough) throws IOException {
        Kept kept = kept(number);
        Started started =
                Objects.requireNonNull(started().orElse(null), "a started release has its process written down");
        return new Health(() -> lives(started), enough)
                .check(
                        kept.contents().run().health(),
                        new Health.Place(root.release(kept.directory()), environment(kept)));
    }

    private void note(Started started) throws IOException {
        disk.write(root.process(), Json.write(started));
    }

    /** Makes sure that a kept release has the bytes that were approved; lays it anew from the content store if not. */
    private void mend(Kept kept) throws IOException {
        for (Kept.StagedFile file : kept.files()) {
            if (!file.digest().equals(digest(root.release(kept.directory()).resolve(file.path())))) {
                new Stage(disk, root, tools.content()).lay(kept.directory(), kept.contents());
                return;
            }
        }
    }

    /** The first word is looked up on the release's own PATH, unless it names a file of the release. */
    private static List<String> command(Kept kept, Path directory, String path) {
        List<String> command = new ArrayList<>(kept.contents().run().command());
        String first = command.getFirst();
        if (Files.isRegularFile(directory.resolve(first))) {
            command.set(0, directory.resolve(first).toString());
        } else if (first.indexOf('/') < 0) {
            for (String entry : path.split(":")) {
                Path candidate = Path.of(entry, first);
                if (Files.isExecutable(candidate)) {
                    command.set(0, candidate.toString());
                    break;
                }
            }
        }
        return command;
    }

    private Map<String, String> environment(Kept kept) throws IOException {
        return settings.environment(
                kept, tools.host().pathFor(kept.contents().run().needs()));
    }

    private static @Nullable Digest digest(Path file) {
        try (InputStream in = Files.newInputStream(file);
                Hashed hashed = new Hashed(in)) {
            return hashed.drain();
        } catch (IOException e) {
            return null;
        }
    }
}
