package dev.waybill.api.deploy;

import dev.waybill.api.promotion.ConfigurationValue;
import dev.waybill.core.name.CommitId;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.ReleaseId;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What shall run in a slot: the release statement and the verification summary as sigstore bundles with inclusion proof, and
 * the configuration in clear for this agent alone.
 *
 * @param configurationBundle the statement that commits to the configuration; null for a release without one
 * @param commitmentKeys by key of the configuration, base64: the agent holds each value against the statement
 */
public record DesiredRelease(
        ReleaseId release,
        Digest artifact,
        CommitId commit,
        JsonNode releaseBundle,
        JsonNode summaryBundle,
        long configurationVersion,
        Map<String, ConfigurationValue> configuration,
        @Nullable JsonNode configurationBundle,
        Map<String, String> commitmentKeys) {}
