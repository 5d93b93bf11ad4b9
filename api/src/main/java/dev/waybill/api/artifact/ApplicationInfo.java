package dev.waybill.api.artifact;

import dev.waybill.core.name.ApplicationName;
import org.jspecify.annotations.Nullable;

/** An application with the number of its artifacts and the newest of them. */
public record ApplicationInfo(
        ApplicationName application,
        long artifacts,
        @Nullable ArtifactInfo newest) {}
