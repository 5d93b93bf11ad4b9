package dev.waybill.server.page;

import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.Slot;
import dev.waybill.server.http.Call;
import dev.waybill.server.identity.Permission;
import dev.waybill.server.identity.Permissions;
import dev.waybill.server.identity.Scope;
import dev.waybill.server.insight.Sight;
import java.time.Clock;

/** Makes the frame of a page from the request, and says what the visitor may see and do. */
public record Visit(Clock clock) {
    public Frame frame(Call call, String title) {
        return new Frame(
                title,
                call.actor().map(a -> a.name().toString()).orElse(null),
                call.at(),
                call.query("q", q -> q).orElse(""),
                Permissions.allows(call.actor().orElse(null), Permission.ADMINISTER, Scope.EVERYWHERE),
                clock.instant());
    }

    public static Sight sight(Call call) {
        return new Sight(call.actor().orElse(null));
    }

    public static boolean may(Call call, Permission permission, Slot slot) {
        return Permissions.allows(call.actor().orElse(null), permission, Scope.of(slot));
    }

    public static boolean may(Call call, Permission permission, ApplicationName application) {
        return Permissions.allows(call.actor().orElse(null), permission, Scope.of(application));
    }
}
