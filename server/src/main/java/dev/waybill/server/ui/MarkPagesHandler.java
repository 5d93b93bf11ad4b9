package dev.waybill.server.ui;

import dev.waybill.api.insight.WaybillView;
import dev.waybill.api.promotion.MarkRequest;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.Slot;
import dev.waybill.core.predicate.Mark;
import dev.waybill.server.http.Call;
import dev.waybill.server.http.Permit;
import dev.waybill.server.http.Routes;
import dev.waybill.server.identity.Actor;
import dev.waybill.server.identity.Permission;
import dev.waybill.server.identity.Scope;
import dev.waybill.server.insight.Answers;
import dev.waybill.server.insight.Sight;
import java.io.IOException;

/** Where people stop things: holding an environment, vetoing an artifact, and ending either. A reason is always asked. */
public final class MarkPagesHandler {
    private final Answers answers;
    private final Desk desk;

    MarkPagesHandler(Answers answers, Desk desk) {
        this.answers = answers;
        this.desk = desk;
    }

    void addTo(Routes routes) {
        Permit promoting = Permit.needScopedByHandler(Permission.PROMOTE);
        routes.post("/holds", promoting, this::hold).post("/vetoes", promoting, this::veto);
    }

    private void hold(Call call) throws IOException {
        Form form = Form.of(call);
        Slot slot = Slot.parse(form.require("slot"));
        Actor actor = call.require(Permission.PROMOTE, Scope.of(slot));
        desk.mark(new MarkRequest(Mark.Kind.HOLD, ends(form), slot, null, form.require("reason")), actor);
        call.seeOther("/environments/" + slot);
    }

    /** Everywhere, so it needs the right for the whole application. */
    private void veto(Call call) throws IOException {
        Form form = Form.of(call);
        WaybillView artifact = answers.waybill(Digest.parse(form.require("artifact")), new Sight(call.someone()));
        Actor actor = call.require(Permission.PROMOTE, Scope.of(artifact.application()));
        String ref = artifact.artifact().toString();
        desk.mark(new MarkRequest(Mark.Kind.VETO, ends(form), null, ref, form.require("reason")), actor);
        call.seeOther("/artifacts/" + ref);
    }

    private static boolean ends(Form form) {
        return form.find("end").filter("true"::equals).isPresent();
    }
}
