package dev.waybill.doctor.model;

import dev.waybill.doctor.source.Place;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One instance of a job.
 *
 * @param id unique in its pipeline; instances made by a call are {@code caller/callee}
 * @param place where the job is defined
 * @param chain where it is called from, outermost first
 * @param environment the environment it is bound to by the file, as far as known
 * @param bound the value that names an environment in the call or matrix that made this instance
 * @param refs for what it runs
 * @param needs ids of the jobs that come before
 * @param gate when a person has to start or agree, where that stands
 * @param builder runner and image
 */
public record Job(
        String id,
        String name,
        Place place,
        List<Place> chain,
        Optional<String> environment,
        Optional<String> bound,
        Refs refs,
        Set<String> needs,
        Optional<Place> gate,
        Builder builder,
        List<Step> steps,
        Traits traits) {
    /**
     * Where it runs.
     *
     * @param runner label or pool
     * @param image container image, or empty
     */
    public record Builder(String runner, String image) {}

    /**
     * What else its file says.
     *
     * @param produces declares files to keep
     * @param consumes takes files of earlier jobs by itself
     * @param stops takes something down instead of deploying it
     */
    public record Traits(boolean produces, boolean consumes, boolean stops) {
        public static final Traits NONE = new Traits(false, false, false);
    }

    /** The places from the outermost call to the definition. */
    public List<Place> route() {
        return java.util.stream.Stream.concat(chain.stream(), java.util.stream.Stream.of(place))
                .distinct()
                .toList();
    }

    public Map<String, String> variables() {
        return steps.isEmpty() ? Map.of() : steps.getFirst().variables();
    }
}
