package dev.waybill.api.insight;

import dev.waybill.api.promotion.MarkView;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.Slot;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One slot, three things kept apart.
 *
 * @param agreeing of {@code targets} run what was commanded
 * @param state empty, agreed, deploying, drift, unknown or failed
 * @param hold why nothing enters the slot; null unless it is held
 * @param vetoes those in force here of what is approved, commanded or observed
 */
public record RunningView(
        Slot slot,
        @Nullable Shown approved,
        @Nullable Shown commanded,
        List<TargetView> targets,
        int agreeing,
        String state,
        String sentence,
        boolean held,
        @Nullable MarkView hold,
        List<MarkView> vetoes) {
    /** The veto of these bytes that stands in this slot. */
    public Optional<MarkView> veto(Digest artifact) {
        return vetoes.stream().filter(v -> artifact.equals(v.artifact())).findFirst();
    }

    /** Vetoes of what targets are seen to run. */
    public List<MarkView> vetoedAndRunning() {
        return vetoes.stream()
                .filter(v -> targets.stream()
                        .map(TargetView::observed)
                        .anyMatch(o -> o != null && o.artifact().equals(v.artifact())))
                .toList();
    }
}
