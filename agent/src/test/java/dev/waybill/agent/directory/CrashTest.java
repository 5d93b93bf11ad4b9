package dev.waybill.agent.directory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.agent.driver.Ended;
import dev.waybill.agent.driver.Order;
import dev.waybill.agent.host.HostLauncher;
import dev.waybill.core.predicate.Deployment.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The agent dies at each durable step of a deployment in turn, and the next agent finishes or undoes what it finds. */
final class CrashTest {
    @TempDir
    Path temporary;

    @Test
    void a_deployment_survives_the_death_of_the_agent_before_each_step() throws IOException {
        dieAtEachStep(false, Bench.GOOD + "# two\n", Outcome.SUCCEEDED, 2);
    }

    @Test
    void a_deployment_survives_the_death_of_the_agent_after_each_step() throws IOException {
        dieAtEachStep(true, Bench.GOOD + "# two\n", Outcome.SUCCEEDED, 2);
    }

    @Test
    void a_return_survives_the_death_of_the_agent_after_each_step() throws IOException {
        dieAtEachStep(true, Bench.BROKEN, Outcome.RETURNED, 1);
    }

    private void dieAtEachStep(boolean after, String script, Outcome expected, long serving) throws IOException {
        for (int step = 1; ; step++) {
            try (Bench bench = new Bench(temporary.resolve(Integer.toString(step)))) {
                DirectoryDriver first = bench.driver();
                first.acknowledge(first.deploy(bench.order(1, Bench.GOOD)));
                Order order = bench.order(2, script);
                CrashingDisk disk = new CrashingDisk(step, after);
                String where = die(bench, disk, order);
                Ended ended = recover(bench, order);

                assertThat(ended.outcome()).as(where + ": " + ended.detail()).isEqualTo(expected);
                assertThat(bench.said()).as(where).startsWith("production/shop#" + serving + " ");
                assertThat(bench.settled())
                        .as(where)
                        .containsExactly(bench.started().pid());
                assertThat(bench.root.current().toRealPath())
                        .as(where)
                        .isEqualTo(bench.root.release(Long.toString(serving)).toRealPath());
                if (!disk.hasKilled()) {
                    return;
                }
            }
        }
    }

    private static String die(Bench bench, CrashingDisk disk, Order order) throws IOException {
        try {
            bench.driver(disk, new HostLauncher()).deploy(order);
            return "no step left";
        } catch (CrashingDisk.Killed e) {
            return String.valueOf(e.getMessage());
        }
    }

    /** As the agent does: finish what was begun; what was not begun is still desired and begins anew. */
    private static Ended recover(Bench bench, Order order) throws IOException {
        DirectoryDriver driver = bench.driver();
        Optional<Ended> finished = driver.recover();
        Ended ended = finished.isPresent() ? finished.get() : driver.deploy(order);
        driver.acknowledge(ended);
        assertThat(driver.recover()).isEmpty();
        return ended;
    }
}
