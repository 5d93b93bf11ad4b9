package dev.waybill.server.db;

import dev.waybill.server.db.Database.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/**
 * The one writer of an embedded database. A commit waits for the disk; whatever work came meanwhile shares the next one, each
 * in a savepoint of its own. Nobody is answered before the commit that holds their work is durable, and a work that fails takes
 * nothing of the others with it.
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

    /** @param committed told of each commit before anybody is answered */
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
        private @Nullable Runnable answer;

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

        void succeed() {
            try {
                hooks.forEach(Runnable::run);
            } finally {
                if (answer != null) {
                    answer.run();
                }
            }
        }

        void fail(Throwable cause) {
            result.completeExceptionally(cause);
        }
    }

    <T> Future<T> submit(Work<T> work) {
        Job<T> job = new Job<>(work);
        if (closing) {
            throw new RejectedExecutionException("The database is closed");
        }
        queue.add(job);
        return job.result;
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
            } finally {
                jobs.clear();
            }
        }
        discard();
    }

    /** When the shared transaction breaks, each work has one of its own: only whose fault it is learns of it. */
    private void together(List<Job<?>> jobs) {
        if (jobs.size() > 1 && shared(jobs)) {
            return;
        }
        jobs.stream().filter(job -> !job.result.isDone()).forEach(this::alone);
    }

    private boolean shared(List<Job<?>> jobs) {
        List<Job<?>> done = new ArrayList<>();
        try {
            Handle open = handle();
            open.begin();
            for (Job<?> job : jobs) {
                open.execute("SAVEPOINT work");
                try {
                    job.doIn(open);
                    done.add(job);
                } catch (RuntimeException | Error e) {
                    open.execute("ROLLBACK TO work");
                    job.fail(e);
                }
                open.execute("RELEASE work");
            }
            open.commit();
        } catch (RuntimeException e) {
            discard();
            return false;
        }
        committed.run();
        done.forEach(Job::succeed);
        return true;
    }

    private void alone(Job<?> job) {
        try {
            Handle open = handle();
            open.useTransaction(job::doIn);
            committed.run();
            job.succeed();
        } catch (JdbiException e) {
            discard();
            job.fail(e);
        } catch (RuntimeException | Error e) {
            job.fail(e);
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
