package dev.waybill.api.identity;

import dev.waybill.core.name.ActorName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A new token. {@code lifeSeconds} null means until revoked. */
public record TokenRequest(
        ActorName actor,
        List<String> emails,
        List<GrantBody> grants,
        @Nullable Long lifeSeconds) {}
