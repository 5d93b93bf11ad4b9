package dev.waybill.core.policy;

import dev.waybill.core.json.Json;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.Slot;
import java.util.Collection;
import java.util.List;

/** What an approval is bound to. */
public final class Covers {
    private record Covered(Digest artifact, Slot slot, long configurationVersion, List<Digest> statements) {}

    private Covers() {}

    /**
     * sha256 over the canonical JSON of digest, slot, configuration version (0 for none) and the sorted ids of the statements
     * that the gates used, approvals and holds excepted. An approval whose hash is another one is void.
     */
    public static Digest of(Digest artifact, Slot slot, long configurationVersion, Collection<Digest> statements) {
        List<Digest> ids = statements.stream().distinct().sorted().toList();
        return Digest.sha256(Json.write(new Covered(artifact, slot, configurationVersion, ids)));
    }

    /** A hold speaks of the slot and of now, never of what is approved: an approval given under it outlives it. */
    static boolean rests(Gate gate) {
        return !(gate instanceof Gate.NoHold);
    }
}
