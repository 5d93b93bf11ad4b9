package dev.waybill.api.identity;

import dev.waybill.core.name.ActorName;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A token without its text. */
public record TokenInfo(
        String id,
        ActorName actor,
        List<String> emails,
        List<GrantBody> grants,
        boolean oneTime,
        Instant createdAt,
        @Nullable Instant expiresAt,
        @Nullable Instant revokedAt) {}
