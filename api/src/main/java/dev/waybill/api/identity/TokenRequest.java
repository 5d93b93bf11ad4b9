package dev.waybill.api.identity;

import dev.waybill.core.name.ActorName;
import dev.waybill.core.name.EnvironmentName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A new token. {@code lifeSeconds} null means until revoked, else 1 to 315360000 (3650 days).
 *
 * @param pullOnly from now on the actor, with whatever token, pulls only what was promoted into this environment; null sets
 *     no limit and lifts none
 */
public record TokenRequest(
        ActorName actor,
        List<String> emails,
        List<GrantBody> grants,
        @Nullable Long lifeSeconds,
        @Nullable EnvironmentName pullOnly) {}
