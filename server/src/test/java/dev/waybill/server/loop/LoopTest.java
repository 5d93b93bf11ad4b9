package dev.waybill.server.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LoopTest {
    private static final Duration SOON = Duration.ofMillis(1);
    private static final Duration LONG = Duration.ofSeconds(30);

    @Test
    void a_loop_goes_on_after_every_kind_of_failure() throws Exception {
        AtomicInteger turns = new AtomicInteger();
        CountDownLatch fine = new CountDownLatch(2);
        Loop loop = new Loop(
                "test",
                () -> {
                    switch (turns.incrementAndGet()) {
                        case 1 -> throw new IllegalStateException("no connection");
                        case 2 -> throw new java.io.IOException("no disk");
                        case 3 -> throw new OutOfMemoryError("no memory");
                        default -> fine.countDown();
                    }
                    Thread.sleep(SOON);
                },
                SOON,
                LONG);

        loop.start();

        assertThat(fine.await(30, TimeUnit.SECONDS)).isTrue();
        loop.close();
        int last = turns.get();
        assertThat(turns.get()).isEqualTo(last);
    }

    @Test
    void closing_waits_for_the_step_that_runs() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        AtomicBoolean ended = new AtomicBoolean();
        Loop loop = new Loop(
                "test",
                () -> {
                    running.countDown();
                    try {
                        Thread.sleep(LONG);
                    } finally {
                        ended.set(true);
                    }
                },
                SOON,
                LONG);
        loop.start();
        assertThat(running.await(30, TimeUnit.SECONDS)).isTrue();

        loop.close();

        assertThat(ended).isTrue();
    }

    @Test
    void closing_leaves_behind_a_step_that_does_not_end() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        Loop loop = new Loop(
                "test",
                () -> {
                    running.countDown();
                    boolean over = false;
                    while (!over) {
                        try {
                            over = never.await(30, TimeUnit.SECONDS);
                        } catch (InterruptedException e) {
                            over = false;
                        }
                    }
                },
                SOON,
                SOON);
        loop.start();
        assertThat(running.await(30, TimeUnit.SECONDS)).isTrue();

        loop.close();

        assertThat(loop.isClosed()).isTrue();
        never.countDown();
    }

    @Test
    void what_was_never_started_closes() {
        new Loop("test", () -> {}).close();
    }
}
