package dev.waybill.api.promotion;

import dev.waybill.core.name.Digest;
import java.util.List;

/** A gate as a sentence. {@code outcome} is {@code passed}, {@code waiting} or {@code refused}. */
public record GateView(String gate, String outcome, String sentence, List<Digest> statements) {}
