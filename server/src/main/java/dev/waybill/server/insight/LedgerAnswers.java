package dev.waybill.server.insight;

import dev.waybill.api.insight.BoardView;
import dev.waybill.api.insight.DiffView;
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
import dev.waybill.core.problem.Problem;
import dev.waybill.server.artifact.Artifacts;
import dev.waybill.server.artifact.FilesInside;
import dev.waybill.server.configuration.Configurations;
import dev.waybill.server.db.Database;
import dev.waybill.server.db.Tx;
import dev.waybill.server.evidence.Evidence;
import dev.waybill.server.ledger.Ledger;
import dev.waybill.server.release.Releases;
import dev.waybill.server.running.Slots;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** Answers from the rows of the rooms below and from the ledger, each from one consistent snapshot. */
public final class LedgerAnswers implements Answers {
    private final Floor floor;
    private final Slots slots;
    private final Board board;
    private final Why why;
    private final History history;
    private final Waybills waybills;
    private final Diff diff;
    private final Trace trace;

    /** @param silence how long an agent may say nothing before what it saw is unknown */
    public record Floor(Database database, Ledger ledger, Clock clock, Duration silence) {}

    /** The rooms below. */
    public record Below(
            Artifacts artifacts,
            FilesInside files,
            Evidence evidence,
            Configurations configurations,
            Releases releases) {}

    public LedgerAnswers(Floor floor, Below below) {
        this.floor = floor;
        GoodsStore goods = new SqlGoodsStore();
        this.slots = new Slots(floor.ledger(), floor.silence());
        this.board = new Board(slots);
        this.why = new Why(floor.ledger());
        this.history = new History(below.releases(), slots);
        this.waybills = new Waybills(floor.ledger(), below.artifacts(), below.evidence(), goods);
        this.diff = new Diff(
                below.artifacts(),
                waybills,
                goods,
                new Diff.Rooms(floor.ledger(), below.releases(), below.configurations()));
        this.trace = new Trace(floor.ledger(), below.artifacts(), below.files(), goods);
    }

    @Override
    public List<RunningView> running(Sight sight) {
        return floor.database().read(tx -> {
            List<Slot> all = slots.of(tx, board.applications(tx, "", sight)).values().stream()
                    .flatMap(List::stream)
                    .filter(sight::sees)
                    .toList();
            return slots.views(tx, all, floor.clock().instant());
        });
    }

    @Override
    public RunningView running(Slot slot) {
        return floor.database().read(tx -> running(tx, slot));
    }

    private RunningView running(Tx tx, Slot slot) {
        boolean known =
                slots.of(tx, List.of(slot.application())).values().stream().anyMatch(found -> found.contains(slot));
        if (!known) {
            throw new Problem.NotFound(
                            "SLOT_UNKNOWN",
                            "Looking at " + slot,
                            "no pipeline names it and nothing was ever there.",
                            "Apply a pipeline that has it, with `waybill apply`.")
                    .exception();
        }
        return slots.views(tx, List.of(slot), floor.clock().instant()).getFirst();
    }

    @Override
    public List<RunningView> running(ApplicationName application) {
        return floor.database().read(tx -> {
            List<Slot> all = slots.of(tx, List.of(application)).getOrDefault(application, List.of());
            return slots.views(tx, all, floor.clock().instant());
        });
    }

    @Override
    public WhyView why(Slot slot) {
        return floor.database().read(tx -> why.view(tx, running(tx, slot)));
    }

    @Override
    public byte[] proof(Slot slot) {
        return Proof.of(why(slot), floor.database(), floor.ledger());
    }

    @Override
    public TraceView trace(String asked, Sight sight) {
        return floor.database().read(tx -> trace.view(tx, asked, sight));
    }

    @Override
    public DiffView diff(Ref a, Ref b, Sight sight) {
        Diff.Side first = floor.database().read(tx -> diff.side(tx, a, sight::sees));
        Diff.Side second = floor.database().read(tx -> diff.side(tx, b, sight::sees));
        List<DiffView.KeyChanged> keys = first.release() == null || second.release() == null
                ? List.of()
                : Diff.keys(diff.configuration(first), diff.configuration(second));
        Diff.Settings settings = diff.settings(first, second, keys);
        return floor.database().read(tx -> diff.view(tx, first, second, settings));
    }

    @Override
    public Change change(PromotionView promotion) {
        DiffView whole = floor.database()
                .read(tx -> diff.before(tx, promotion))
                .map(before -> whole(promotion, before))
                .orElse(null);
        return floor.database().read(tx -> diff.change(tx, promotion, whole));
    }

    private DiffView whole(PromotionView promotion, Diff.Side before) {
        Diff.Side after =
                floor.database().read(tx -> diff.side(tx, new Ref.ByDigest(promotion.artifact()), application -> true));
        List<DiffView.KeyChanged> keys = Diff.keys(diff.configuration(before), diff.configuration(promotion));
        Diff.Settings settings = diff.settings(before, after, keys);
        return floor.database().read(tx -> diff.view(tx, before, after, settings));
    }

    @Override
    public HistoryView history(Slot slot) {
        return floor.database().read(tx -> history.view(tx, slot));
    }

    @Override
    public BoardView board(String filter, int page, Sight sight) {
        return floor.database()
                .read(tx -> board.page(tx, filter, page, sight, floor.clock().instant()));
    }

    @Override
    public WaybillView waybill(Digest artifact, Sight sight) {
        return floor.database().read(tx -> waybills.view(tx, artifact, sight));
    }
}
