package dev.waybill.api.promotion;

import dev.waybill.core.name.ActorName;
import dev.waybill.core.name.CommitId;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.ReleaseId;
import dev.waybill.core.name.Version;
import dev.waybill.core.predicate.ReleaseMade;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A release. {@code outcome} is what is known of its deployment: none, deploying, succeeded, failed, returned, down. */
public record ReleaseView(
        ReleaseId id,
        Digest artifact,
        CommitId commit,
        List<Version> versions,
        long configurationVersion,
        ReleaseMade.Cause cause,
        @Nullable Long rollbackTo,
        @Nullable String why,
        ActorName by,
        Instant at,
        Digest statement,
        Digest summary,
        String outcome) {}
