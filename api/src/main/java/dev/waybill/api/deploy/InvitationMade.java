package dev.waybill.api.deploy;

import dev.waybill.core.name.AgentName;

/** The one-time token, shown once. */
public record InvitationMade(AgentName agent, String token) {}
