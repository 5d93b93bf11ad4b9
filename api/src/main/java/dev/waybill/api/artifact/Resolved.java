package dev.waybill.api.artifact;

import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.CommitId;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.Version;
import java.util.List;

/** What a reference means now. */
public record Resolved(
        String ref, ApplicationName application, Digest digest, CommitId commit, List<Version> versions) {}
