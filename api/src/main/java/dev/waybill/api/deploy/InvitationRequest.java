package dev.waybill.api.deploy;

import dev.waybill.core.name.AgentName;
import dev.waybill.core.name.Slot;
import java.util.List;

/** Asks for a one-time token with which an agent enrols for these slots. */
public record InvitationRequest(AgentName agent, List<Slot> slots) {}
