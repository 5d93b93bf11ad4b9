package dev.waybill.api.deploy;

import dev.waybill.api.promotion.ConfigurationValue;
import dev.waybill.core.name.CommitId;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.ReleaseId;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** What shall run in a slot: the release statement and the verification summary as sigstore bundles with inclusion proof, and the configuration in clear for this agent alone. */
public record DesiredRelease(
        ReleaseId release,
        Digest artifact,
        CommitId commit,
        JsonNode releaseBundle,
        JsonNode summaryBundle,
        long configurationVersion,
        Map<String, ConfigurationValue> configuration) {}
