package dev.waybill.agent.driver;

import dev.waybill.core.name.Digest;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Applies releases to one target. Not for use by several threads at once; the agent gives each target one. */
public interface Driver {
    /** Finishes what a crash interrupted. Call first; an outcome that nobody acknowledged yet comes back. */
    Optional<Ended> recover() throws IOException;

    /** Applies the release, or goes back. Never throws for what can be said as an outcome. */
    Ended deploy(Order order) throws IOException;

    /** Goes back to a release that was good here; {@code number} null means the one before what runs. {@code RELEASE_NOT_KEPT} if it is not there. */
    Ended back(@Nullable Long number, Ended.Offline who) throws IOException;

    /** Says that the outcome is safe elsewhere; only then the driver forgets the action. */
    void acknowledge(Ended ended) throws IOException;

    /** What the content store must not lose for this target. */
    Set<Digest> blobs() throws IOException;
}
