package dev.waybill.api.deploy;

import dev.waybill.core.name.AgentName;
import dev.waybill.core.name.Slot;
import java.util.Map;

/** An agent's own key (SubjectPublicKeyInfo, DER, base64), made on its host. {@code targets} names, per slot, what it deploys to. */
public record EnrolRequest(AgentName agent, String publicKey, Map<Slot, String> targets) {}
