package dev.waybill.api.deploy;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** All slots of one agent. {@code sequence} is the ledger size that the answer was made from; ask again with it to wait for news. */
public record DesiredState(long sequence, JsonNode trustRoot, List<DesiredRelease> releases) {}
