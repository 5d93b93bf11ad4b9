package dev.waybill.api.artifact;

import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.CommitId;
import dev.waybill.core.name.Digest;
import dev.waybill.core.predicate.CommitNote;
import dev.waybill.core.predicate.Person;
import dev.waybill.core.predicate.Provenance;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Ties a pushed artifact to its application and commit. {@code via} is {@code build} or {@code register}. */
public record RegistrationRequest(
        ApplicationName application,
        CommitId commit,
        Digest digest,
        @Nullable String repository,
        @Nullable Person author,
        @Nullable Person committer,
        List<CommitNote> commitsSince,
        String via,
        @Nullable Provenance provenance) {}
