package dev.waybill.core.predicate;

import dev.waybill.core.name.ActorName;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.CommitId;
import dev.waybill.core.statement.Predicate;
import dev.waybill.core.statement.PredicateTypes;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Ties an artifact to its application and commit (law 2). Subjects: the artifact's digest, then the commit.
 *
 * @param kind the manifest's artifactType, or its config media type for an image
 * @param repository where the commit lives; recorded, not part of the key
 * @param author null when nobody said, which a gate may refuse
 * @param commitsSince commits since the previous artifact of the application, newest first
 * @param via {@code build}, {@code push} or {@code register}
 */
public record Registration(
        ApplicationName application,
        CommitId commit,
        String kind,
        @Nullable String repository,
        @Nullable Person author,
        @Nullable Person committer,
        List<CommitNote> commitsSince,
        String via,
        ActorName by,
        Instant at)
        implements Predicate {
    @Override
    public String predicateType() {
        return PredicateTypes.REGISTRATION;
    }
}
