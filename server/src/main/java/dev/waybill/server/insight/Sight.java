package dev.waybill.server.insight;

import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.Slot;
import dev.waybill.server.identity.Actor;
import dev.waybill.server.identity.Permission;
import dev.waybill.server.identity.Permissions;
import dev.waybill.server.identity.Scope;
import org.jspecify.annotations.Nullable;

/** What whoever asks may see. */
public record Sight(@Nullable Actor actor) {
    public boolean sees(Slot slot) {
        return Permissions.allows(actor, Permission.READ, Scope.of(slot));
    }

    public boolean sees(ApplicationName application) {
        return Permissions.allows(actor, Permission.READ, Scope.of(application));
    }
}
