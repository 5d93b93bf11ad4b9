package dev.waybill.api.insight;

import dev.waybill.api.artifact.FileInside;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.CommitId;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.Version;
import java.util.List;

/** An artifact with everything known about it. */
public record WaybillView(
        ApplicationName application,
        Digest artifact,
        CommitId commit,
        List<Version> versions,
        List<Fact> consignor,
        List<FileInside> goods,
        List<Fact> papers,
        List<Fact> route,
        List<Fact> remarks) {}
