package dev.waybill.agent;

import dev.waybill.agent.driver.Lost;
import dev.waybill.agent.driver.Revived;
import dev.waybill.core.name.ReleaseId;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sees that what was healthy in a target goes on serving: the command stands, whatever happened to the process. Used by one
 * thread, which takes a turn again and again. Pauses are forgotten with the agent; what is lost is seen from the disk.
 */
final class Care {
    private static final System.Logger LOG = System.getLogger("waybill.agent");

    private final TargetLoop target;
    private Pauses pauses = new Pauses();
    private @Nullable ReleaseId caredFor;
    private @Nullable Long due;

    Care(TargetLoop target) {
        this.target = target;
    }

    /** @param now nanoseconds of a clock that only grows */
    void turn(long now) throws IOException {
        Optional<Lost> found = target.lost();
        if (found.isEmpty()) {
            due = null;
            pauses.well(now);
            return;
        }
        Lost lost = found.get();
        if (!lost.release().equals(caredFor)) {
            caredFor = lost.release();
            pauses = new Pauses();
        }
        if (due == null) {
            target.observe();
            Duration pause = pauses.lost();
            due = now + pause.toNanos();
            LOG.log(
                    Level.WARNING,
                    "{0} shall serve and does not: {1}. It is started again in {2} s. Its output: {3}",
                    lost.release(),
                    lost.why(),
                    pause.toSeconds(),
                    target.log(lost.release()));
        } else if (now - due >= 0) {
            due = null;
            target.revive().ifPresent(revived -> say(lost.release(), revived));
        }
    }

    private void say(ReleaseId release, Revived revived) {
        switch (revived.how()) {
            case HEALTHY -> LOG.log(Level.INFO, "{0} was started again and serves: {1}.", release, revived.detail());
            case FAILED ->
                LOG.log(
                        Level.WARNING,
                        "{0} was started again in vain: {1}. Its output: {2}",
                        release,
                        revived.detail(),
                        target.log(release));
            case GAVE_WAY ->
                LOG.log(Level.INFO, "{0} is left for what is asked for now: {1}.", release, revived.detail());
        }
    }
}
