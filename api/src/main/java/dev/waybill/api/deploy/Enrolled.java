package dev.waybill.api.deploy;

import dev.waybill.core.name.AgentName;
import dev.waybill.core.name.Slot;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What an agent keeps: its token and whom it may trust. */
public record Enrolled(AgentName agent, String token, String origin, JsonNode trustRoot, List<Slot> slots) {}
