package dev.waybill.api.identity;

import dev.waybill.core.name.ActorName;
import java.util.List;

/** Who the caller is. */
public record WhoAmI(ActorName actor, List<String> emails, List<GrantBody> grants) {}
