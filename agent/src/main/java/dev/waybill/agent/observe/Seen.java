package dev.waybill.agent.observe;

import dev.waybill.core.name.Digest;
import dev.waybill.core.name.ReleaseId;
import dev.waybill.core.predicate.Observation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One look at a target; as {@link Observation} says it, before it is numbered and signed. */
public record Seen(
        Observation.State state,
        @Nullable Digest artifact,
        @Nullable ReleaseId release,
        String how,
        Observation.@Nullable ProcessSeen process,
        List<Observation.FileSeen> files) {
    public Seen {
        files = List.copyOf(files);
    }

    static Seen stopped(String how) {
        return new Seen(Observation.State.STOPPED, null, null, how, null, List.of());
    }

    static Seen altered(String how, Observation.@Nullable ProcessSeen process, List<Observation.FileSeen> files) {
        return new Seen(Observation.State.ALTERED, null, null, how, process, files);
    }
}
