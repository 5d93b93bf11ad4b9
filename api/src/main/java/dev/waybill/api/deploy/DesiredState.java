package dev.waybill.api.deploy;

import dev.waybill.core.name.Slot;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * All slots of one agent. {@code sequence} is the ledger size that the answer was made from; ask again with it to wait for news.
 *
 * @param observe slots of which somebody waits for a fresh observation; null means none
 */
public record DesiredState(
        long sequence,
        JsonNode trustRoot,
        List<DesiredRelease> releases,
        @Nullable List<Slot> observe) {}
