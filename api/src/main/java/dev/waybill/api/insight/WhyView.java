package dev.waybill.api.insight;

import dev.waybill.api.promotion.MarkView;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.Slot;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The walk back from the observed digest to the commit, step by step.
 *
 * @param proven every target is seen to run these bytes, and every step behind them is signed
 * @param contradictions why what runs should not run, one sentence each: it is not what was commanded, or it is vetoed
 * @param hold why nothing enters the slot; null unless it is held
 */
public record WhyView(
        Slot slot,
        @Nullable Digest artifact,
        boolean proven,
        String sentence,
        List<String> contradictions,
        @Nullable MarkView hold,
        List<Step> steps) {
    /** One station of the walk: observed, release, approvals, configuration, summary, tests, provenance, commit. */
    public record Step(String name, List<Fact> facts) {}
}
