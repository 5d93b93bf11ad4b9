package dev.waybill.api.artifact;

import dev.waybill.core.name.Version;

/** Gives a version to a digest. */
public record TagRequest(String ref, Version version) {}
