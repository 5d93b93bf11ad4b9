package dev.waybill.agent.driver;

import dev.waybill.core.name.Digest;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Applies releases to one target. Not for use by several threads at once; the agent gives each target one. */
public interface Driver {
    /** Finishes what a crash interrupted. Call first; an outcome that nobody acknowledged yet comes back. */
    Optional<Ended> recover() throws IOException;

    /** Applies the release, or goes back. Never throws for what can be said as an outcome. */
    Ended deploy(Order order) throws IOException;

    /** Goes back to a release that was good here; {@code number} null means the one before what runs. {@code RELEASE_NOT_KEPT} if it is not there. */
    Ended back(@Nullable Long number, Ended.Offline who) throws IOException;

    /**
     * The release that was found healthy by the action that brought it here, shall serve, and does not; empty while an
     * action goes on. Changes nothing, so that it may be asked at any time.
     */
    Optional<Lost> lost() throws IOException;

    /**
     * Starts the lost release again from what lies here: no new action, nothing to acknowledge. Call only when it is lost.
     *
     * @param giveWay true once something else is to be done here: then it is not waited for any longer
     */
    Revived revive(BooleanSupplier giveWay) throws IOException;

    /** Says that the outcome is safe elsewhere; only then the driver forgets the action. */
    void acknowledge(Ended ended) throws IOException;

    /** What the content store must not lose for this target. */
    Set<Digest> blobs() throws IOException;
}
