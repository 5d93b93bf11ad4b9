package dev.waybill.server.db;

import dev.waybill.core.problem.ProblemException;
import dev.waybill.server.db.Database.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * The one writer of an embedded database. A commit waits for the disk; whatever work came meanwhile shares the next one, each
 * in a savepoint of its own. Nobody is answered, yes or no, before the commit around their work has ended; a work that fails
 * takes nothing of the others with it. A commit that failed is not tried again, for it may be on the disk nevertheless.
 */
final class SharedCommits implements AutoCloseable {
    /** So that nobody waits long for a commit that others fill. */
    private static final int MOST = 64;

    private static final long PATIENCE_SECONDS = 30;

    private final Jdbi jdbi;
    private final Runnable committed;
    private final BlockingQueue<Job<?>> queue = new LinkedBlockingQueue<>();
    private final Thread thread;
    private @Nullable Handle handle;
    private volatile boolean closing;
    private volatile boolean ended;

    /** @param committed told of each commit that was tried, before anybody is answered */
    SharedCommits(Jdbi jdbi, Runnable committed) {
        this.jdbi = jdbi;
        this.committed = committed;
        this.thread = Thread.ofPlatform().daemon().name("sqlite-writer").start(this::run);
    }

    /** A work with whoever waits for it. */
    private static final class Job<T> {
        private final Work<T> work;
        private final CompletableFuture<T> result = new CompletableFuture<>();
        private List<Runnable> hooks = List.of();
        private Runnable answer = () -> {};

        Job(Work<T> work) {
            this.work = work;
        }

        /** What it did counts once the transaction around it is committed. */
        void doIn(Handle handle) {
            List<Runnable> after = new ArrayList<>();
            T value = work.in(new Tx(handle, after::add));
            hooks = after;
            answer = () -> result.complete(value);
        }

        void refused(Throwable cause) {
            hooks = List.of();
            answer = () -> result.completeExceptionally(cause);
        }

        void answer() {
            hooks.forEach(Runnable::run);
            answer.run();
        }
    }

    /** A work that never ran because the database is closed is told so by the future that it is given. */
    <T> Future<T> submit(Work<T> work) {
        if (Thread.currentThread().equals(thread)) {
            throw new IllegalStateException("A write inside of a write would wait for itself");
        }
        Job<T> job = new Job<>(work);
        queue.add(job);
        if (ended) {
            turnAway();
        }
        return job.result;
    }

    int waiting() {
        return queue.size();
    }

    private void run() {
        List<Job<?>> jobs = new ArrayList<>();
        while (!closing || !queue.isEmpty()) {
            try {
                Job<?> first = queue.poll(100, TimeUnit.MILLISECONDS);
                if (first == null) {
                    continue;
                }
                jobs.add(first);
                queue.drainTo(jobs, MOST - 1);
                together(jobs);
            } catch (InterruptedException e) {
                closing = true;
            } catch (RuntimeException | Error e) {
                discard();
                jobs.forEach(job -> job.refused(e));
            } finally {
                jobs.forEach(Job::answer);
                jobs.clear();
            }
        }
        discard();
        ended = true;
        turnAway();
    }

    private void turnAway() {
        for (Job<?> late = queue.poll(); late != null; late = queue.poll()) {
            late.refused(new IllegalStateException("The database is closed"));
            late.answer();
        }
    }

    /** When the shared transaction breaks before its commit, each work has one of its own: only whose fault it is learns of it. */
    private void together(List<Job<?>> jobs) {
        if (jobs.size() > 1 && begun(jobs)) {
            commit(jobs);
            return;
        }
        for (Job<?> job : jobs) {
            if (begun(job)) {
                commit(List.of(job));
            }
        }
    }

    /** The outer savepoint is gone when SQLite ended the transaction by itself, and what came later would stand alone. */
    private boolean begun(List<Job<?>> jobs) {
        try {
            Handle open = handle();
            open.begin();
            open.execute("SAVEPOINT together");
            for (Job<?> job : jobs) {
                inSavepoint(open, job);
            }
            open.execute("RELEASE together");
            return true;
        } catch (RuntimeException | Error e) {
            discard();
            return false;
        }
    }

    private static void inSavepoint(Handle open, Job<?> job) {
        open.execute("SAVEPOINT work");
        try {
            job.doIn(open);
        } catch (RuntimeException | Error e) {
            open.execute("ROLLBACK TO work");
            job.refused(e);
        }
        open.execute("RELEASE work");
    }

    private boolean begun(Job<?> job) {
        try {
            handle().begin();
            job.doIn(handle());
            return true;
        } catch (RuntimeException | Error e) {
            job.refused(e);
            undo(e);
            return false;
        }
    }

    /** Only a refusal of our own leaves a connection of which it is known what it does next. */
    private void undo(Throwable cause) {
        if (cause instanceof ProblemException && handle != null) {
            try {
                handle.rollback();
                return;
            } catch (RuntimeException e) {
                cause.addSuppressed(e);
            }
        }
        discard();
    }

    private void commit(List<Job<?>> jobs) {
        try {
            handle().commit();
        } catch (RuntimeException | Error e) {
            discard();
            jobs.forEach(job -> job.refused(e));
        } finally {
            committed.run();
        }
    }

    private Handle handle() {
        if (handle == null) {
            handle = jdbi.open();
        }
        return handle;
    }

    /** A full disk ends a transaction by itself: nobody knows what a connection that failed would do next. */
    private void discard() {
        Handle broken = handle;
        handle = null;
        if (broken != null) {
            try {
                broken.close();
            } catch (RuntimeException e) {
                // It is said already what failed first.
            }
        }
    }

    /** Does what was handed in, then ends. */
    @Override
    public void close() {
        closing = true;
        try {
            thread.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
