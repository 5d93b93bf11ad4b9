package dev.waybill.server.tag;

import dev.waybill.core.name.ActorName;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.Version;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A tag's way from where it pointed (null: nowhere) to where it points now (null: removed). Never null to null. */
public record TagMove(
        ApplicationName application,
        Version tag,
        @Nullable Digest previous,
        @Nullable Digest target,
        ActorName by,
        Instant at) {}
