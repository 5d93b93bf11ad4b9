package dev.waybill.api.insight;

import dev.waybill.core.name.Digest;
import dev.waybill.core.predicate.CommitNote;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What differs between two artifacts or releases.
 *
 * @param leaving true when the second is the older one: the commits are in the first and go away with it
 * @param run lines of `run:` in the artifacts' own configuration: command, health, needs
 */
public record DiffView(
        Shown a,
        Shown b,
        List<CommitNote> commits,
        boolean leaving,
        List<KeyChanged> configuration,
        List<KeyChanged> run,
        List<FileChanged> files,
        List<Fact> onlyA,
        List<Fact> onlyB,
        String sentence) {
    /** @param change added, removed or changed */
    public record KeyChanged(
            String key,
            String change,
            @Nullable String before,
            @Nullable String after) {}

    /** @param change added, removed or changed */
    public record FileChanged(
            String path,
            String change,
            @Nullable Digest before,
            @Nullable Digest after) {}
}
