package dev.waybill.server.promotion;

import dev.waybill.api.promotion.ApprovalRequest;
import dev.waybill.api.promotion.MarkRequest;
import dev.waybill.api.promotion.PromotionRequest;
import dev.waybill.api.promotion.PromotionView;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.Slot;
import dev.waybill.server.db.Database;
import dev.waybill.server.http.Call;
import dev.waybill.server.http.Permit;
import dev.waybill.server.http.Routes;
import dev.waybill.server.identity.Actor;
import dev.waybill.server.identity.Permission;
import dev.waybill.server.identity.Permissions;
import dev.waybill.server.identity.Scope;
import dev.waybill.server.ledger.News;
import dev.waybill.server.promotion.PromotionStore.Row;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Promotions, approvals and marks over HTTP. */
final class PromotionHandler {
    private static final int MOST = 200;

    private final Database database;
    private final Promotions promotions;
    private final Approvals approvals;
    private final Marks marks;
    private final Views views;
    private final News news;

    PromotionHandler(
            Database database, Promotions promotions, Approvals approvals, Marks marks, Views views, News news) {
        this.database = database;
        this.promotions = promotions;
        this.approvals = approvals;
        this.marks = marks;
        this.views = views;
        this.news = news;
    }

    void addTo(Routes routes) {
        Permit reading = Permit.needScopedByHandler(Permission.READ);
        Permit promoting = Permit.needScopedByHandler(Permission.PROMOTE);
        routes.post("/api/v1/promotions", promoting, this::promote)
                .get("/api/v1/promotions", reading, this::list)
                .get("/api/v1/promotions/{id}", reading, this::read)
                .post("/api/v1/promotions/{id}/decision", Permit.needScopedByHandler(Permission.APPROVE), this::decide)
                .post("/api/v1/marks", promoting, this::mark)
                .get("/api/v1/marks", reading, this::marks);
    }

    private void promote(Call call) throws IOException {
        PromotionRequest request = call.body(PromotionRequest.class);
        call.requireName(request.ref());
        Promotions.Wanted wanted = promotions.resolve(request, call::mayRead);
        Actor actor = call.require(Permission.PROMOTE, Scope.of(wanted.slot()));
        call.json(view(promotions.request(wanted, actor)));
    }

    /** Of one slot, or of everything that the caller may read. */
    private void list(Call call) {
        Optional<Slot> slot = call.query("slot", Slot::parse);
        slot.ifPresent(s -> call.require(Permission.READ, Scope.of(s)));
        boolean open = call.query("open", Boolean::parseBoolean).orElse(false);
        List<Row> rows = promotions.list(slot.orElse(null), open, MOST);
        call.json(rows.stream()
                .filter(r -> mayRead(call, r.slot()))
                .map(this::view)
                .toList());
    }

    private static boolean mayRead(Call call, Slot slot) {
        return Permissions.allows(call.actor().orElse(null), Permission.READ, Scope.of(slot));
    }

    private void read(Call call) {
        String id = call.path("id", text -> text);
        Row row = promotions.require(id, slot -> mayRead(call, slot));
        call.require(Permission.READ, Scope.of(row.slot()));
        long after = call.query("after", PromotionHandler::number).orElse(-1L);
        call.json(view(news.await(() -> promotions.require(row.id()), r -> r.sequence() > after, call.waitFor())));
    }

    private void decide(Call call) throws IOException {
        String id = call.path("id", text -> text);
        ApprovalRequest request = call.body(ApprovalRequest.class);
        Row row = promotions.require(id, slot -> mayRead(call, slot));
        Actor actor = call.require(Permission.APPROVE, Scope.of(row.slot()));
        call.json(view(approvals.decide(row.id(), request, actor)));
    }

    private void mark(Call call) throws IOException {
        MarkRequest request = call.body(MarkRequest.class);
        if (request.ref() != null) {
            call.requireName(request.ref());
        }
        Marks.Wanted wanted = marks.resolve(request, call::mayRead);
        Slot slot = wanted.slot();
        Actor actor = call.require(Permission.PROMOTE, slot == null ? Scope.of(wanted.application()) : Scope.of(slot));
        call.json(marks.set(wanted, request, actor.name()));
    }

    private void marks(Call call) {
        List<ApplicationName> applications = call.query("application", ApplicationName::new)
                .map(List::of)
                .orElseGet(() -> promotions.applications());
        call.json(database.read(tx -> applications.stream()
                .filter(a -> Permissions.allows(call.actor().orElse(null), Permission.READ, Scope.of(a)))
                .flatMap(a -> marks.of(tx, a).stream())
                .filter(m -> m.slot() == null || mayRead(call, m.slot()))
                .sorted(Comparator.comparing(m -> m.at()))
                .toList()));
    }

    private PromotionView view(Row row) {
        return database.read(tx -> views.promotion(tx, row));
    }

    private static long number(String text) {
        return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : -1;
    }
}
