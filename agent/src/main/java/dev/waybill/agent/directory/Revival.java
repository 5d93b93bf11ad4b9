package dev.waybill.agent.directory;

import dev.waybill.agent.driver.Lost;
import dev.waybill.agent.driver.Revived;
import dev.waybill.agent.driver.Revived.How;
import dev.waybill.agent.host.Health;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Starts the release that serves again when its process is gone: the command stands, so this is no deployment and needs no
 * journal. All that has to survive the agent is the process that was written down before it became the application, and
 * whether it was seen healthy since; an agent that dies in between leaves either no process or one that the next agent
 * knows and goes on asking.
 */
final class Revival {
    private final Instance instance;

    Revival(Instance instance) {
        this.instance = instance;
    }

    /** Never what a deployment started and did not find healthy: that was said as its outcome and stays so. */
    Optional<Lost> lost() throws IOException {
        Started started = instance.started()
                .filter(s -> s.standing() != null)
                .filter(s -> s.standing() != Started.Standing.HEALTHY || !instance.lives(s))
                .orElse(null);
        if (started == null) {
            return Optional.empty();
        }
        String why = instance.lives(started)
                ? "the process " + started.pid() + ", started again, has not been seen healthy yet"
                : "the process " + started.pid() + " is gone";
        return instance.good(started.number()).map(kept -> new Lost(kept.release(), why));
    }

    /** Call when it is lost. One that is not healthy in time is ended, so that the next attempt begins anew. */
    Revived revive(BooleanSupplier giveWay) throws IOException {
        Started before = Objects.requireNonNull(instance.started().orElse(null), "what was lost was started once");
        long number = before.number();
        if (!instance.lives(before)) {
            String failure = instance.point(number);
            if (failure.isEmpty()) {
                failure = instance.launch(number, Started.Standing.STARTED_AGAIN);
            }
            if (!failure.isEmpty()) {
                return new Revived(How.FAILED, failure);
            }
        }
        Health.Finding found = instance.ask(number, giveWay);
        if (found.healthy()) {
            instance.healthy();
            return new Revived(How.HEALTHY, found.sentence());
        }
        if (giveWay.getAsBoolean()) {
            return new Revived(How.GAVE_WAY, found.sentence());
        }
        instance.stop();
        return new Revived(How.FAILED, found.sentence());
    }
}
