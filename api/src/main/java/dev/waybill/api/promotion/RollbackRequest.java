package dev.waybill.api.promotion;

import dev.waybill.core.name.Slot;
import org.jspecify.annotations.Nullable;

/** Bring back a release that was approved and healthy here; {@code to} null means the one before. */
public record RollbackRequest(Slot slot, @Nullable Long to, String why) {}
