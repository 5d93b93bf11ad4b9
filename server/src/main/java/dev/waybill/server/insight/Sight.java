package dev.waybill.server.insight;

import dev.waybill.core.name.Slot;

/** What whoever asks may see. */
@FunctionalInterface
public interface Sight {
    Sight ALL = slot -> true;

    boolean sees(Slot slot);
}
