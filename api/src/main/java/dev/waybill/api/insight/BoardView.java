package dev.waybill.api.insight;

import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.Slot;
import java.time.Instant;
import java.util.List;

/** Applications by environments in pipeline order. */
public record BoardView(List<Row> rows, int total, Instant at) {
    /** {@code waiting} says what waits for whom, with the promotion that one button moves. */
    public record Row(ApplicationName application, List<RunningView> cells, List<Waiting> waiting) {}

    public record Waiting(String promotion, Slot slot, String sentence, String action) {}
}
