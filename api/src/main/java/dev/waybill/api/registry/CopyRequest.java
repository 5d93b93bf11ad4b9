package dev.waybill.api.registry;

import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.Digest;
import org.jspecify.annotations.Nullable;

/**
 * Says that a manifest that lies in the repository now came from another registry.
 *
 * @param from {@code HOST[:PORT]/NAME}, as clients of that registry write it
 * @param reference the tag by which it was asked for there, null when it was asked for by its digest
 */
public record CopyRequest(
        ApplicationName repository,
        Digest digest,
        String from,
        @Nullable String reference) {}
