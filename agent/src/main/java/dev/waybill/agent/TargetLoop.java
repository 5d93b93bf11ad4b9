package dev.waybill.agent;

import dev.waybill.agent.config.AgentConfig;
import dev.waybill.agent.directory.DirectoryDriver;
import dev.waybill.agent.directory.Root;
import dev.waybill.agent.driver.Ended;
import dev.waybill.agent.driver.Lost;
import dev.waybill.agent.driver.Order;
import dev.waybill.agent.driver.Revived;
import dev.waybill.agent.observe.Observer;
import dev.waybill.agent.observe.Seen;
import dev.waybill.agent.report.Reports;
import dev.waybill.api.deploy.SignedBody;
import dev.waybill.core.name.ReleaseId;
import dev.waybill.core.predicate.Deployment;
import dev.waybill.core.predicate.Observation;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** One target: what is done to it, one thing at a time, and what is seen of it. Each outcome is signed before it is forgotten. */
final class TargetLoop {
    private static final System.Logger LOG = System.getLogger("waybill.agent");
    private static final Duration AT_LEAST = Duration.ofDays(1);

    /** What a target is made of. */
    record Parts(AgentConfig.Target target, DirectoryDriver driver, Observer observer, Reports reports, Clock clock) {}

    private final Parts parts;
    private final ReentrantLock acting = new ReentrantLock();
    private final AtomicBoolean asked = new AtomicBoolean();

    TargetLoop(Parts parts) {
        this.parts = parts;
    }

    AgentConfig.Target target() {
        return parts.target();
    }

    Reports reports() {
        return parts.reports();
    }

    DirectoryDriver driver() {
        return parts.driver();
    }

    /** Finishes what an earlier agent began. */
    void recover() throws IOException {
        acting.lock();
        try {
            finish();
            look(false);
        } finally {
            acting.unlock();
        }
    }

    private Optional<Ended> finish() throws IOException {
        Optional<Ended> unfinished = parts.driver().recover();
        if (unfinished.isPresent()) {
            settle(unfinished.get());
        }
        return unfinished;
    }

    /** Applies a verified release. One that an offline rollback brought back already is only given its new number. */
    void apply(Order order, @Nullable Long broughtBack) throws IOException {
        acting.lock();
        try {
            Optional<Ended> adopted =
                    broughtBack == null ? Optional.empty() : parts.driver().adopt(order, broughtBack);
            settle(adopted.isPresent() ? adopted.get() : parts.driver().deploy(order));
        } finally {
            acting.unlock();
        }
    }

    /** Says that a release was refused before anything was done; one that is dealt with is never tried again. */
    void refused(Ended ended, boolean dealtWith) throws IOException {
        parts.reports().deployment(ended, dealtWith);
    }

    /**
     * Goes back; what was left unfinished here ends first, as the way out must not depend on another start. When that was this
     * very rollback, its end is the answer: asked for again by the same person for the same reason it is not done twice.
     */
    Ended back(@Nullable Long number, Ended.Offline who) throws IOException {
        acting.lock();
        try {
            Optional<Ended> same = finish().filter(e -> who.equals(e.offline()));
            if (same.isPresent()) {
                return same.get();
            }
            Ended ended = parts.driver().back(number, who);
            settle(ended);
            return ended;
        } finally {
            acting.unlock();
        }
    }

    /** What shall serve here and does not. The first look needs no lock and nearly always suffices. */
    Optional<Lost> lost() throws IOException {
        if (parts.driver().lost().isEmpty()) {
            return Optional.empty();
        }
        acting.lock();
        try {
            return parts.driver().lost();
        } finally {
            acting.unlock();
        }
    }

    /** Starts again what is lost; whatever else is asked for meanwhile goes first. Empty when it is lost no more. */
    Optional<Revived> revive() throws IOException {
        acting.lock();
        try {
            if (parts.driver().lost().isEmpty()) {
                return Optional.empty();
            }
            Revived revived = parts.driver().revive(acting::hasQueuedThreads);
            look(false);
            return Optional.of(revived);
        } finally {
            acting.unlock();
        }
    }

    /** Where the processes of a release write. */
    Path log(ReleaseId release) {
        return new Root(target().root()).log(release.number());
    }

    /** Somebody waits for a fresh observation; {@link #observe} makes one even if nothing changed. */
    void ask() {
        asked.set(true);
    }

    boolean isAsked() {
        return asked.get();
    }

    /** Looks, unless something is being done here just now: then there will be a look when it is done. */
    void observe() throws IOException {
        if (acting.tryLock()) {
            try {
                look(asked.getAndSet(false));
            } finally {
                acting.unlock();
            }
        }
    }

    /** Says what was seen when it differs from what was said last, when a day has passed, or when asked to. */
    private void look(boolean inAnyCase) throws IOException {
        Seen seen = parts.observer().look();
        if (inAnyCase || news(seen)) {
            parts.reports().observation(seen, parts.clock().instant());
        }
    }

    SignedBody heartbeat() throws IOException {
        return parts.reports().heartbeat(parts.observer().look(), parts.clock().instant());
    }

    private boolean news(Seen seen) {
        Observation last = parts.reports().lastObservation().orElse(null);
        return last == null
                || last.state() != seen.state()
                || !Objects.equals(last.artifact(), seen.artifact())
                || !Objects.equals(last.release(), seen.release())
                || !Objects.equals(last.process(), seen.process())
                || !last.files().equals(seen.files())
                || last.at().plus(AT_LEAST).isBefore(parts.clock().instant());
    }

    /** What is seen is said before how the action ended: whoever waits for the end finds it observed already. */
    private void settle(Ended ended) throws IOException {
        try {
            look(false);
        } finally {
            conclude(ended);
        }
    }

    private void conclude(Ended ended) throws IOException {
        parts.reports().deployment(ended, ended.offline() == null);
        parts.driver().acknowledge(ended);
        LOG.log(
                ended.outcome() == Deployment.Outcome.SUCCEEDED ? Level.INFO : Level.WARNING,
                "{0} {1}{2}: {3}. Now serves: {4}. Its output: {5}",
                ended.release(),
                ended.outcome().name().toLowerCase(Locale.ROOT),
                ended.offline() == null ? "" : " (rollback on this host)",
                ended.detail().replaceFirst("\\.$", ""),
                ended.running() == null ? "nothing" : ended.running(),
                log(ended.release()));
    }
}
