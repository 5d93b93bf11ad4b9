package dev.waybill.agent.directory;

import dev.waybill.agent.host.Failure;
import dev.waybill.agent.host.Health;
import dev.waybill.agent.store.Disk;
import dev.waybill.core.json.Json;
import dev.waybill.core.predicate.Deployment;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;

/**
 * The steps from the release that serves to the one that shall serve, and back. Each is written down before it is taken
 * and may be taken again, so the same loop serves the first run and the run after a crash.
 */
final class Steps {
    private static final System.Logger LOG = System.getLogger("waybill.agent");

    private final DirectoryDriver.Tools tools;
    private final Disk disk;
    private final Root root;
    private final Shelf shelf;
    private final Instance instance;
    private final int keep;

    Steps(DirectoryDriver.Tools tools, Root root, Shelf shelf, Instance instance, int keep) {
        this.tools = tools;
        this.disk = tools.disk();
        this.root = root;
        this.shelf = shelf;
        this.instance = instance;
        this.keep = keep;
    }

    /** Takes the step that the journal names and those after it, to the end. */
    Journal finish(Journal journal) throws IOException {
        Journal now = journal;
        while (!now.ended()) {
            now = takeOrFail(now);
            disk.write(root.journal(), Json.write(now));
        }
        return now;
    }

    /**
     * A step that breaks in a way nobody foresaw is a failure of the release like any other: what served before serves
     * again. Left to escape it would leave the target between two releases, at every start anew.
     */
    private Journal takeOrFail(Journal now) throws IOException {
        try {
            return take(now);
        } catch (IOException | RuntimeException e) {
            if (Failure.isEndOfAgent()) {
                throw e;
            }
            String step = now.step().name().toLowerCase(Locale.ROOT).replace('_', ' ');
            LOG.log(Level.WARNING, "The step '" + step + "' of release " + now.number() + " broke", e);
            String why = "the step '" + step + "' broke: " + Failure.of(e);
            return now.step().isReturn() ? down(now, why) : now.next(Journal.Step.RETURN_STOP, why);
        }
    }

    private Journal take(Journal now) throws IOException {
        return switch (now.step()) {
            case STOP -> {
                instance.stop();
                yield now.next(Journal.Step.SWITCH);
            }
            case SWITCH -> {
                String failure = instance.point(now.number());
                yield failure.isEmpty() ? now.next(Journal.Step.START) : now.next(Journal.Step.RETURN_STOP, failure);
            }
            case START -> start(now);
            case CHECK -> check(now);
            case ACCEPT -> accept(now);
            case RETURN_STOP -> goBack(now);
            case RETURN_SWITCH -> {
                String failure = instance.point(previous(now));
                yield failure.isEmpty() ? now.next(Journal.Step.RETURN_START) : down(now, failure);
            }
            case RETURN_START -> {
                String failure = instance.launch(previous(now), null);
                yield failure.isEmpty()
                        ? now.next(Journal.Step.RETURN_CHECK)
                        : down(now, "going back failed too: " + failure);
            }
            case RETURN_CHECK -> {
                Health.Finding found = instance.ask(previous(now), () -> false);
                if (!found.healthy()) {
                    yield down(now, "the release before is not healthy either: " + found.sentence());
                }
                instance.healthy();
                yield now.end(Deployment.Outcome.RETURNED, now.detail() + "; the release before serves again", at());
            }
            case ENDED -> now;
        };
    }

    private Journal start(Journal now) throws IOException {
        String failure = instance.launch(now.number(), null);
        return failure.isEmpty() ? now.next(Journal.Step.CHECK) : now.next(Journal.Step.RETURN_STOP, failure);
    }

    private Journal check(Journal now) throws IOException {
        Health.Finding found = instance.ask(now.number(), () -> false);
        return now.next(found.healthy() ? Journal.Step.ACCEPT : Journal.Step.RETURN_STOP, found.sentence());
    }

    private Journal accept(Journal now) throws IOException {
        shelf.put(instance.kept(now.number()).as(Kept.State.GOOD));
        instance.healthy();
        shelf.prune(now.number(), keep);
        new Logs(disk, root).sweep(now.number(), shelf.all());
        return now.end(Deployment.Outcome.SUCCEEDED, now.detail(), at());
    }

    private Journal goBack(Journal now) throws IOException {
        instance.stop();
        Kept failed = instance.kept(now.number());
        if (failed.state() != Kept.State.GOOD) {
            shelf.put(failed.as(Kept.State.FAILED));
        }
        String found = now.detail() + wrote(now.number());
        if (now.previous() == null) {
            disk.remove(root.current());
            return now.end(Deployment.Outcome.DOWN, found + "; there is no release to go back to", at());
        }
        return now.next(Journal.Step.RETURN_SWITCH, found);
    }

    /** Where to read on this host what the release said before it went. */
    private String wrote(long number) {
        return Files.exists(root.log(number)) ? "; what it wrote is in " + root.log(number) : "";
    }

    private Journal down(Journal now, String why) {
        return now.end(Deployment.Outcome.DOWN, now.detail() + "; " + why, at());
    }

    private static long previous(Journal now) {
        return Objects.requireNonNull(now.previous(), "going back has a release to go back to");
    }

    private Instant at() {
        return tools.clock().instant();
    }
}
