package dev.waybill.api.artifact;

import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.Digest;

/** Where a file stands: the artifact that holds it and its path inside. */
public record FileFound(ApplicationName application, Digest artifact, String path) {}
