package dev.waybill.server.promotion;

import dev.waybill.api.promotion.ApprovalRequest;
import dev.waybill.api.promotion.MarkRequest;
import dev.waybill.api.promotion.MarkView;
import dev.waybill.api.promotion.PromotionRequest;
import dev.waybill.api.promotion.PromotionView;
import dev.waybill.api.promotion.RollbackRequest;
import dev.waybill.core.name.ActorName;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.Slot;
import dev.waybill.core.problem.Problem;
import dev.waybill.server.artifact.Keeps;
import dev.waybill.server.artifact.Permits;
import dev.waybill.server.configuration.Configurations;
import dev.waybill.server.configuration.Pipelines;
import dev.waybill.server.db.Database;
import dev.waybill.server.history.Facts;
import dev.waybill.server.history.Histories;
import dev.waybill.server.history.Targets;
import dev.waybill.server.http.Routes;
import dev.waybill.server.identity.Actor;
import dev.waybill.server.ledger.Ledger;
import dev.waybill.server.ledger.News;
import dev.waybill.server.release.Releases;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** The room, put together: what the composition root builds once and what the rooms above call. */
public final class PromotionRoom {
    private final Targets targets = new Targets();
    private final Releases releases;
    private final Follower follower;
    private final Promotions promotions;
    private final Marks marks;
    private final PromotionHandler handler;
    private final ReleaseHandler releaseHandler;
    private final Database database;
    private final Approvals approvals;
    private final Views views;

    /** The floor. */
    public record Floor(Database database, Ledger ledger, Clock clock) {}

    /** The rooms below. */
    public record Below(
            Cargo cargo, Keeps keeps, Permits permits, Pipelines pipelines, Configurations configurations) {}

    public PromotionRoom(Floor floor, Below below) {
        this.database = floor.database();
        this.releases = new Releases();
        Ledger ledger = floor.ledger();
        Facts facts = new Facts(ledger);
        Histories histories = new Histories(ledger, facts, targets);
        Judging judging = new Judging(
                below.cargo(),
                below.pipelines(),
                below.configurations(),
                releases,
                new Judging.Movers(histories, targets));
        Deciding.Outcomes outcomes = new Deciding.Outcomes(below.keeps(), below.permits(), floor.clock());
        Deciding deciding = new Deciding(database, ledger, judging, below.cargo(), releases, outcomes);
        this.approvals = new Approvals(database, ledger, facts, deciding);
        this.promotions =
                new Promotions(database, below.cargo(), below.pipelines(), below.configurations(), releases, deciding);
        Brought brought = new Brought(ledger, facts);
        Marks.Below marked = new Marks.Below(below.cargo(), below.pipelines(), releases, targets);
        this.marks = new Marks(database, ledger, facts, marked, deciding, brought);
        this.views = new Views(below.cargo(), approvals);
        this.handler = new PromotionHandler(database, promotions, approvals, marks, views, new News(database, ledger));
        this.releaseHandler = new ReleaseHandler(database, promotions, releases, views);
        Reports.Judged judged = new Reports.Judged(brought, new WentBack(ledger, judging, brought));
        Reports reports = new Reports(database, ledger, targets, releases, deciding, judged);
        this.follower = new Follower(database, ledger, reports, deciding, marks, histories);
    }

    public void addTo(Routes routes) {
        handler.addTo(routes);
        releaseHandler.addTo(routes);
    }

    /** To be started when the routes answer, closed before the ledger. */
    public Follower follower() {
        return follower;
    }

    public Targets targets() {
        return targets;
    }

    public Releases releases() {
        return releases;
    }

    public Promotions promotions() {
        return promotions;
    }

    public Marks marks() {
        return marks;
    }

    /** Asks for a promotion and answers what became of it at once. */
    public PromotionView promote(PromotionRequest request, Actor by) {
        return view(promotions.request(promotions.resolve(request, application -> true), by));
    }

    /** Approves or rejects. */
    public PromotionView decide(String id, ApprovalRequest request, Actor by) {
        return view(approvals.decide(promotions.require(id).id(), request, by));
    }

    /** Why this person's approval would be refused, whatever it covers; empty if it would not be. */
    public Optional<Problem> whyNotApprove(String id, Actor by) {
        return approvals.whyNot(promotions.require(id), by);
    }

    /** A promotion as it stands; {@code PROMOTION_UNKNOWN}, {@code PROMOTION_AMBIGUOUS}. */
    public PromotionView look(String id) {
        return view(promotions.require(id));
    }

    /** The promotions of a slot, newest first. */
    public List<PromotionView> list(Slot slot, boolean openOnly, int limit) {
        return promotions.list(slot, openOnly, limit).stream().map(this::view).toList();
    }

    public MarkView mark(MarkRequest request, ActorName by) {
        return marks.set(marks.resolve(request, application -> true), request, by);
    }

    /** Marks in force, oldest first. */
    public List<MarkView> standing(ApplicationName application) {
        return database.read(tx -> marks.of(tx, application));
    }

    /** Brings a kept release back; null means the newest good one that nobody rolled back from. */
    public PromotionView rollBack(RollbackRequest request, Actor by) {
        return view(promotions.rollback(request.slot(), request.to(), request.why(), by));
    }

    private PromotionView view(PromotionStore.Row row) {
        return database.read(tx -> views.promotion(tx, row));
    }
}
