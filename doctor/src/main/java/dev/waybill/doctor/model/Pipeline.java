package dev.waybill.doctor.model;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What one file starts.
 *
 * @param refs for what it runs at all
 * @param after the pipelines on whose completion it starts, by name
 */
public record Pipeline(Provider provider, String file, String name, Refs refs, List<String> after, List<Job> jobs) {
    /** Whose format a pipeline is in. */
    public enum Provider {
        GITHUB,
        GITLAB,
        AZURE,
        CIRCLE,
        BITBUCKET,
        JENKINS
    }

    /** The jobs that come before a job, in any number of steps, in a run that can contain both. */
    public List<Job> before(Job job) {
        List<Job> found = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        List<Job> open = new ArrayList<>(List.of(job));
        while (!open.isEmpty()) {
            Job next = open.removeLast();
            for (Job candidate : jobs) {
                boolean needed = next.needs().stream().anyMatch(need -> named(candidate.id(), need));
                if (needed && candidate.refs().meets(job.refs()) && seen.add(candidate.id())) {
                    found.add(candidate);
                    open.add(candidate);
                }
            }
        }
        return found;
    }

    private static boolean named(String id, String need) {
        return id.equals(need) || id.startsWith(need + "/") || id.startsWith(need + "@");
    }

    public Optional<Job> job(String id) {
        return jobs.stream().filter(job -> job.id().equals(id)).findFirst();
    }
}
