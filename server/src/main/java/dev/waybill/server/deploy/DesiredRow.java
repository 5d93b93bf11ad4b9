package dev.waybill.server.deploy;

import dev.waybill.core.name.Digest;
import dev.waybill.core.name.Slot;

/** The newest release of a slot. */
record DesiredRow(Slot slot, long number, Digest statement) {}
