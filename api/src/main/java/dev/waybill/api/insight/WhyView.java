package dev.waybill.api.insight;

import dev.waybill.core.name.Digest;
import dev.waybill.core.name.Slot;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The walk back from the observed digest to the commit, step by step. */
public record WhyView(Slot slot, @Nullable Digest artifact, boolean proven, String sentence, List<Step> steps) {
    /** One station of the walk: observed, release, approvals, configuration, summary, tests, provenance, commit. */
    public record Step(String name, List<Fact> facts) {}
}
