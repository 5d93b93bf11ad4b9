package dev.waybill.api.insight;

import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.CommitId;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.Version;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where something came from and where it went. */
public record TraceView(
        String asked,
        ApplicationName application,
        Digest artifact,
        CommitId commit,
        List<Version> versions,
        @Nullable String file,
        List<Fact> route) {}
