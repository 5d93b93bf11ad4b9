package dev.waybill.server.identity;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a token.
 *
 * @param id public handle, for listing and revoking
 * @param sha256 hex hash of the secret part, which has 256 random bits and so needs no slow hash
 * @param oneTime true for an enrolment token, which buys exactly one thing
 */
public record Token(
        String id,
        String sha256,
        Actor actor,
        boolean oneTime,
        Instant createdAt,
        @Nullable Instant expiresAt,
        @Nullable Instant revokedAt) {}
