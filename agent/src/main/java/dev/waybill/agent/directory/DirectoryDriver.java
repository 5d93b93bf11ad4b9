package dev.waybill.agent.directory;

import dev.waybill.agent.driver.Driver;
import dev.waybill.agent.driver.Ended;
import dev.waybill.agent.driver.Lost;
import dev.waybill.agent.driver.Order;
import dev.waybill.agent.driver.Revived;
import dev.waybill.agent.host.Failure;
import dev.waybill.agent.host.Host;
import dev.waybill.agent.host.Launcher;
import dev.waybill.agent.store.ContentStore;
import dev.waybill.agent.store.Disk;
import dev.waybill.core.json.Json;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.ReleaseId;
import dev.waybill.core.predicate.Deployment;
import dev.waybill.core.problem.Problem;
import dev.waybill.core.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Applies releases to one directory. {@link Steps} takes the steps with the one {@link Instance}; this class begins and ends actions. */
public final class DirectoryDriver implements Driver {
    /** What a driver works with on this host. */
    public record Tools(Disk disk, Launcher launcher, Host host, ContentStore content, Clock clock) {}

    private final Tools tools;
    private final Disk disk;
    private final Root root;
    private final Shelf shelf;
    private final Instance instance;
    private final Steps steps;

    /** @param keep how many good releases stay on the shelf besides the running one; at least one */
    public DirectoryDriver(Root root, int keep, Tools tools) throws IOException {
        this.tools = tools;
        this.disk = tools.disk();
        this.root = root;
        this.shelf = new Shelf(disk, root);
        this.instance = new Instance(tools, root, shelf);
        this.steps = new Steps(tools, root, shelf, instance, keep);
        for (Path directory :
                List.of(root.path(), root.releases(), root.incoming(), root.records(), root.config(), root.logs())) {
            disk.directory(directory);
        }
    }

    @Override
    public Optional<Ended> recover() throws IOException {
        Optional<Journal> journal = journal();
        if (journal.isPresent()) {
            return Optional.of(ended(steps.finish(journal.get())));
        }
        sweep();
        return Optional.empty();
    }

    @Override
    public Ended deploy(Order order) throws IOException {
        requireIdle();
        Instant at = tools.clock().instant();
        try {
            stage(order);
        } catch (RuntimeException | IOException e) {
            // Whatever breaks while staging is an outcome too: what runs was not touched.
            return failedBefore(
                    order, at, e instanceof ProblemException p ? p.problem().sentence() : "Staging: " + Failure.of(e));
        }
        return act(Journal.begin(order.release().number(), instance.serving(), null, at));
    }

    @Override
    public Ended back(@Nullable Long number, Ended.Offline who) throws IOException {
        requireIdle();
        Long running = instance.serving();
        Kept to = new WayBack(shelf.all(), running).to(number);
        return act(Journal.begin(to.number(), running, who, tools.clock().instant()));
    }

    /**
     * Gives the release that an offline rollback brought back, and that serves now, the number under which the server has
     * recorded it since; nothing is restarted. Empty when something else serves. May be done twice.
     */
    public Optional<Ended> adopt(Order order, long broughtBack) throws IOException {
        requireIdle();
        Optional<Kept> kept = shelf.find(broughtBack)
                .filter(k -> k.artifact().equals(order.artifact())
                        && k.configurationVersion() == order.configurationVersion());
        if (kept.isEmpty() || !instance.rename(kept.get(), order.release().number(), () -> record(order, kept.get()))) {
            return Optional.empty();
        }
        Instant now = tools.clock().instant();
        return Optional.of(new Ended(
                "adopt " + order.release(),
                order.release(),
                order.artifact(),
                Deployment.Outcome.SUCCEEDED,
                order.release(),
                null,
                now,
                now,
                "serves since the rollback to #" + broughtBack + " on the host; nothing was restarted"));
    }

    private void record(Order order, Kept brought) throws IOException {
        new Settings(disk, root).store(order);
        shelf.put(new Kept(
                order.release(),
                brought.directory(),
                order.artifact(),
                order.commit(),
                order.configurationVersion(),
                order.contents(),
                brought.files(),
                Kept.State.GOOD,
                order.rollbackTo()));
    }

    @Override
    public Optional<Lost> lost() throws IOException {
        return journal().isPresent() ? Optional.empty() : new Revival(instance).lost();
    }

    @Override
    public Revived revive(BooleanSupplier giveWay) throws IOException {
        requireIdle();
        return new Revival(instance).revive(giveWay);
    }

    @Override
    public void acknowledge(Ended ended) throws IOException {
        Optional<Journal> journal = journal();
        if (journal.isPresent() && key(journal.get()).equals(ended.key())) {
            disk.remove(root.journal());
        }
    }

    @Override
    public Set<Digest> blobs() throws IOException {
        Set<Digest> all = new HashSet<>();
        for (Kept kept : shelf.all()) {
            all.add(kept.artifact());
            all.addAll(kept.contents().blobs());
        }
        return all;
    }

    private void stage(Order order) throws IOException {
        long number = order.release().number();
        tools.host().pathFor(order.contents().run().needs());
        String directory = Long.toString(number);
        List<Kept.StagedFile> files = new Stage(disk, root, tools.content()).lay(directory, order.contents());
        new Settings(disk, root).store(order);
        shelf.put(new Kept(
                order.release(),
                directory,
                order.artifact(),
                order.commit(),
                order.configurationVersion(),
                order.contents(),
                files,
                Kept.State.STAGED,
                order.rollbackTo()));
    }

    private Ended act(Journal journal) throws IOException {
        disk.write(root.journal(), Json.write(journal));
        return ended(steps.finish(journal));
    }

    private Ended failedBefore(Order order, Instant at, String why) throws IOException {
        Long serving = instance.serving();
        return new Ended(
                order.release() + "@" + at,
                order.release(),
                order.artifact(),
                Deployment.Outcome.FAILED,
                serving == null ? null : shelf.find(serving).map(Kept::release).orElse(null),
                null,
                at,
                tools.clock().instant(),
                why);
    }

    private Ended ended(Journal journal) throws IOException {
        Kept kept = instance.kept(journal.number());
        Deployment.Outcome outcome = journal.outcome();
        ReleaseId running = null;
        if (outcome == Deployment.Outcome.SUCCEEDED) {
            running = kept.release();
        } else if (outcome == Deployment.Outcome.RETURNED && journal.previous() != null) {
            running = instance.kept(journal.previous()).release();
        }
        Instant finished = journal.finishedAt();
        return new Ended(
                key(journal),
                kept.release(),
                kept.artifact(),
                outcome == null ? Deployment.Outcome.DOWN : outcome,
                running,
                journal.offline(),
                journal.startedAt(),
                finished == null ? tools.clock().instant() : finished,
                journal.detail());
    }

    private static String key(Journal journal) {
        return journal.number() + "@" + journal.startedAt();
    }

    private Optional<Journal> journal() throws IOException {
        return disk.read(root.journal()).map(bytes -> Json.read(bytes, Journal.class));
    }

    private void requireIdle() throws IOException {
        if (journal().isPresent()) {
            throw new Problem.Conflict(
                            "DEPLOYMENT_RUNNING",
                            "Starting a deployment in " + root.path(),
                            "another one has not been finished.",
                            "Start the agent: it finishes what was begun first.")
                    .exception();
        }
    }

    /** Removes what a crash while staging left: files without a record mean nothing. */
    private void sweep() throws IOException {
        for (Path left : list(root.incoming())) {
            disk.remove(left);
        }
        Set<String> known = new HashSet<>();
        for (Kept kept : shelf.all()) {
            known.add(kept.directory());
        }
        for (Path release : list(root.releases())) {
            if (!known.contains(release.getFileName().toString())) {
                disk.remove(release);
            }
        }
    }

    private static List<Path> list(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }
}
