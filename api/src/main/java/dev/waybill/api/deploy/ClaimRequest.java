package dev.waybill.api.deploy;

import dev.waybill.core.name.Slot;
import org.jspecify.annotations.Nullable;

/** Another tool deployed what {@code ref} means into the slot; {@code tool} is its name, if somebody says it. */
public record ClaimRequest(Slot slot, String ref, @Nullable String tool) {}
