package dev.waybill.api.artifact;

import dev.waybill.core.name.ActorName;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.CommitId;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.Version;
import dev.waybill.core.predicate.CommitNote;
import dev.waybill.core.predicate.Person;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A registered artifact. {@code statement} is the id of its registration, {@code index} its place in the ledger; {@code fresh} is true only in the answer to the request that made it. */
public record ArtifactInfo(
        ApplicationName application,
        CommitId commit,
        Digest digest,
        String kind,
        @Nullable String repository,
        @Nullable Person author,
        List<CommitNote> commitsSince,
        List<Version> versions,
        ActorName registeredBy,
        String via,
        Instant registeredAt,
        Digest statement,
        long index,
        boolean fresh) {}
