package dev.waybill.agent.directory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.agent.driver.Ended;
import dev.waybill.agent.driver.Order;
import dev.waybill.agent.host.HostLauncher;
import dev.waybill.agent.host.Launcher;
import dev.waybill.agent.store.RealDisk;
import dev.waybill.api.promotion.ConfigurationValue;
import dev.waybill.core.name.Span;
import dev.waybill.core.predicate.Deployment.Outcome;
import dev.waybill.core.project.Run;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Releases that cannot be started or asked on any host: what served before serves on. */
final class PoisonTest {
    @TempDir
    Path temporary;

    Bench bench = new Bench(Path.of("/nowhere"));

    @BeforeEach
    void serve() throws IOException {
        bench = new Bench(temporary);
        DirectoryDriver driver = bench.driver();
        driver.acknowledge(driver.deploy(bench.order(1, Bench.GOOD)));
    }

    @AfterEach
    void close() throws IOException {
        bench.close();
    }

    private Order poisoned(Run.Health health, String key, String value) throws IOException {
        Order order = bench.order(2, Bench.GOOD + "# two\n", health);
        Map<String, ConfigurationValue> configuration = new HashMap<>(order.configuration());
        configuration.put(key, Bench.value(value));
        return new Order(
                order.release(),
                order.artifact(),
                order.commit(),
                order.configurationVersion(),
                configuration,
                order.contents(),
                null);
    }

    private void expect(Ended ended, Outcome outcome, String why) throws IOException {
        assertThat(ended.outcome()).as(ended.detail()).isEqualTo(outcome);
        assertThat(ended.detail()).contains(why);
        assertThat(ended.running()).hasToString("production/shop#1");
        assertThat(bench.alive()).isTrue();
        assertThat(bench.root.current().toRealPath())
                .isEqualTo(bench.root.release("1").toRealPath());
    }

    @Test
    void a_value_with_a_nul_is_refused_before_anything_is_stopped_and_not_repeated() throws IOException {
        long pid = bench.started().pid();

        Ended ended = bench.driver().deploy(poisoned(Bench.health(), "SECRET", "se\0cret"));

        expect(ended, Outcome.FAILED, "SECRET");
        assertThat(ended.detail()).doesNotContain("se\0cret");
        assertThat(bench.started().pid()).isEqualTo(pid);
    }

    @Test
    void a_port_that_is_none_is_a_failure_and_the_release_before_returns() throws IOException {
        Run.Health tcp = new Run.Health(null, true, null, Span.parse("30s"));

        expect(bench.driver().deploy(poisoned(tcp, "PORT", "99999")), Outcome.RETURNED, "PORT=99999 is no port");
    }

    @Test
    void a_path_that_no_url_can_hold_is_a_failure_and_the_release_before_returns() throws IOException {
        Run.Health http = new Run.Health("/a|b{}", null, null, Span.parse("30s"));

        expect(bench.driver().deploy(poisoned(http, "PORT", "8080")), Outcome.RETURNED, "/a|b{}");
    }

    @Test
    void a_step_that_breaks_as_nobody_foresaw_is_a_failure_of_the_release() throws IOException {
        DirectoryDriver driver = bench.driver(new RealDisk(), new Breaking());

        Ended ended = driver.deploy(bench.order(2, Bench.GOOD + "# two\n"));

        expect(ended, Outcome.RETURNED, "the step 'stop' broke: IllegalArgumentException: unforeseen");
    }

    /** Breaks the first time that it is to stop something. */
    private static final class Breaking implements Launcher {
        private final Launcher real = new HostLauncher();
        private boolean broken;

        @Override
        public void start(Launch launch, Note note) throws IOException {
            real.start(launch, note);
        }

        @Override
        public boolean alive(long pid, String mark) {
            return real.alive(pid, mark);
        }

        @Override
        public void stop(long pid, String mark, Duration grace) throws IOException {
            if (!broken) {
                broken = true;
                throw new IllegalArgumentException("unforeseen");
            }
            real.stop(pid, mark, grace);
        }
    }
}
