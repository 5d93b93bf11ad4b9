package dev.waybill.server.insight;

import dev.waybill.api.insight.BoardView;
import dev.waybill.api.insight.DiffView;
import dev.waybill.api.insight.HistoryView;
import dev.waybill.api.insight.RunningView;
import dev.waybill.api.insight.TraceView;
import dev.waybill.api.insight.WaybillView;
import dev.waybill.api.insight.WhyView;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.Ref;
import dev.waybill.core.name.Slot;
import java.util.List;

/** The questions that Waybill answers. Who may see an answer about one named thing is checked by whoever passes it on. */
public interface Answers {
    /** Rows of a board page. */
    int ROWS = 100;

    /** Every slot that may be seen, applications in order of name, environments in order of pipeline. */
    List<RunningView> running(Sight sight);

    /** One slot; {@code SLOT_UNKNOWN} when no pipeline names it and nothing was ever there. */
    RunningView running(Slot slot);

    WhyView why(Slot slot);

    /** A file that {@code waybill verify} checks without this server; {@code NOTHING_RELEASED} when there is nothing to prove. */
    byte[] proof(Slot slot);

    /** @param asked a reference, a digest, a commit, a version or the sha256 of a file; {@code NOTHING_FOUND} */
    TraceView trace(String asked, Sight sight);

    DiffView diff(Ref a, Ref b);

    HistoryView history(Slot slot);

    /** @param page from 1; {@value #ROWS} applications each */
    BoardView board(String filter, int page, Sight sight);

    /** {@code ARTIFACT_UNKNOWN} when it is not registered. */
    WaybillView waybill(Digest artifact);
}
