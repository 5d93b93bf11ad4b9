package dev.waybill.server.insight;

import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.Ref;
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

    /** Whether what the reference names may be looked for; what it turns out to be may still be unseen. */
    public boolean sees(Ref ref) {
        return Permissions.allows(actor, Permission.READ, Scope.of(ref));
    }

    public boolean sees(ApplicationName application) {
        return Permissions.allows(actor, Permission.READ, Scope.of(application));
    }
}
