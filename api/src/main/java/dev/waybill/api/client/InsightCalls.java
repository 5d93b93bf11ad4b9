package dev.waybill.api.client;

import dev.waybill.api.artifact.FileFound;
import dev.waybill.api.insight.BoardView;
import dev.waybill.api.insight.DiffView;
import dev.waybill.api.insight.HistoryView;
import dev.waybill.api.insight.RunningView;
import dev.waybill.api.insight.TraceView;
import dev.waybill.api.insight.WaybillView;
import dev.waybill.api.insight.WhyView;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.Slot;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Questions: what runs, why, since when, where from, what differs. */
public record InsightCalls(Connection connection) {
    /** @param slot null for all */
    public List<RunningView> running(@Nullable Slot slot) {
        return connection.list(Paths.at("/api/v1/running").query("slot", slot).toString(), RunningView.class);
    }

    public WhyView why(Slot slot) {
        return connection.get(in("/api/v1/why", slot), WhyView.class);
    }

    /** The proof file, byte for byte as the server made it. */
    public byte[] proof(Slot slot) {
        return connection.bytes(in("/api/v1/proof", slot));
    }

    /** @param asked a reference, a commit or the sha256 of a file */
    public TraceView trace(String asked) {
        return connection.get(Paths.at("/api/v1/trace").query("q", asked).toString(), TraceView.class);
    }

    /** Every artifact that has a file with this sha256 inside. */
    public List<FileFound> files(Digest sha256) {
        return connection.list(Paths.at("/api/v1/files").with(sha256.hex()).toString(), FileFound.class);
    }

    public DiffView diff(String a, String b) {
        return connection.get(
                Paths.at("/api/v1/diff").query("a", a).query("b", b).toString(), DiffView.class);
    }

    public HistoryView history(Slot slot) {
        return connection.get(in("/api/v1/history", slot), HistoryView.class);
    }

    public BoardView board(@Nullable String filter, int page) {
        return connection.get(
                Paths.at("/api/v1/board").query("q", filter).query("page", page).toString(), BoardView.class);
    }

    public WaybillView waybill(Digest artifact) {
        return connection.get(Paths.at("/api/v1/artifacts").with(artifact).toString(), WaybillView.class);
    }

    private static String in(String start, Slot slot) {
        return Paths.at(start).with(slot.environment()).with(slot.application()).toString();
    }
}
