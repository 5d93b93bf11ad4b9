package dev.waybill.api.insight;

import dev.waybill.core.name.CommitId;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.ReleaseId;
import dev.waybill.core.name.Version;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An artifact as a cell shows it: digest, commit, versions and the release that brought it. */
public record Shown(
        Digest artifact,
        CommitId commit,
        List<Version> versions,
        @Nullable ReleaseId release,
        Instant at,
        boolean verified,
        @Nullable Digest statement) {}
