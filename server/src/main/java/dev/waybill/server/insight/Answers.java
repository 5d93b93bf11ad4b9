package dev.waybill.server.insight;

import dev.waybill.api.insight.BoardView;
import dev.waybill.api.insight.DiffView;
import dev.waybill.api.insight.Fact;
import dev.waybill.api.insight.HistoryView;
import dev.waybill.api.insight.RunningView;
import dev.waybill.api.insight.TraceView;
import dev.waybill.api.insight.WaybillView;
import dev.waybill.api.insight.WhyView;
import dev.waybill.api.promotion.PromotionView;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.Ref;
import dev.waybill.core.name.Slot;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The questions that Waybill answers. Who may see an answer about one named thing is checked by whoever passes it on. */
public interface Answers {
    /** Rows of a board page. */
    int ROWS = 100;

    /** Every slot that may be seen, applications in order of name, environments in order of pipeline. */
    List<RunningView> running(Sight sight);

    /** One slot; {@code SLOT_UNKNOWN} when no pipeline names it and nothing was ever there. */
    RunningView running(Slot slot);

    /** Where an artifact of this application can go: the slots of its pipeline in order, then others with a history. */
    List<RunningView> running(ApplicationName application);

    WhyView why(Slot slot);

    /** A file that {@code waybill verify} checks without this server; {@code NOTHING_RELEASED} when there is nothing to prove. */
    byte[] proof(Slot slot);

    /** @param asked a reference, a digest, a commit, a version or the sha256 of a file; {@code NOTHING_FOUND} */
    TraceView trace(String asked, Sight sight);

    DiffView diff(Ref a, Ref b, Sight sight);

    /**
     * What a promotion changes in its slot: against the release that its own follows; while it waits, against the newest
     * there; once refused, against the newest of that time.
     */
    Change change(PromotionView promotion);

    /**
     * @param diff null when nothing was released there before
     * @param later evidence about the promotion's artifact that was logged after the decision, so that no gate saw it; it
     *     stands in none of the lists of {@code diff}
     */
    record Change(@Nullable DiffView diff, List<Fact> later) {}

    HistoryView history(Slot slot);

    /** @param page from 1; {@value #ROWS} applications each */
    BoardView board(String filter, int page, Sight sight);

    /** {@code ARTIFACT_UNKNOWN} when it is not registered, or not for those eyes: the words are the same. */
    WaybillView waybill(Digest artifact, Sight sight);
}
