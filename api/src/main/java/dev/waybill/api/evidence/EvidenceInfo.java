package dev.waybill.api.evidence;

import dev.waybill.core.name.Digest;
import java.time.Instant;

/** A statement about an artifact as the ledger keeps it. {@code claimed} is true when nothing ties it to the bytes. */
public record EvidenceInfo(
        Digest statement,
        long index,
        String predicateType,
        Digest artifact,
        String result,
        String sentence,
        boolean claimed,
        Instant at) {}
