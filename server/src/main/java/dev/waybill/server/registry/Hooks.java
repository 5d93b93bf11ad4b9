package dev.waybill.server.registry;

import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.Digest;
import dev.waybill.server.blob.InUse;
import dev.waybill.server.db.Tx;
import dev.waybill.server.quota.Limits;
import dev.waybill.server.tag.CommitTags;
import dev.waybill.server.tag.TagFacts;
import dev.waybill.server.tag.TagRules;
import java.time.Duration;
import java.util.List;

/**
 * What rooms above and the ledger have to say; the composition root supplies it.
 *
 * @param tombstones where what is taken out is written down
 * @param inUse keeps pushes apart from the removal of bytes
 * @param limits how much may be held
 */
public record Hooks(
        TagRules rules,
        TagFacts facts,
        CommitTags commits,
        Keeps keeps,
        PullRules pulls,
        Warnings warnings,
        Tombstones tombstones,
        InUse inUse,
        Limits limits) {
    /** What must stay (law 3); the room of artifacts knows and supplies it. */
    @FunctionalInterface
    public interface Keeps {
        /** True if something that runs or ran, is approved, pinned or could be rolled back to is this manifest. */
        boolean isKept(Tx tx, Digest digest);
    }

    /** What whoever pulls a manifest should know of it; the rooms of releases and vetoes know and supply it. */
    @FunctionalInterface
    public interface Warnings {
        List<String> about(Tx tx, ApplicationName repository, Digest digest);
    }

    /** Without anything that removes bytes, and without quotas: what is taken out may come back for a week. */
    public Hooks(TagRules rules, TagFacts facts, CommitTags commits, Keeps keeps, PullRules pulls) {
        this(
                rules,
                facts,
                commits,
                keeps,
                pulls,
                (tx, repository, digest) -> List.of(),
                new SqlTombstones(Duration.ofDays(7)),
                new InUse(),
                Limits.DEFAULT);
    }
}
