package dev.waybill.api.insight;

import dev.waybill.core.name.Digest;
import org.jspecify.annotations.Nullable;

/** One line of an answer: what, whether it is verified or claimed, and the statement behind it. */
public record Fact(
        String label,
        String text,
        boolean verified,
        @Nullable Digest statement,
        @Nullable Long index,
        @Nullable String signer) {}
