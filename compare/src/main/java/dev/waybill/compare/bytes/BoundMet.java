package dev.waybill.compare.bytes;

import java.io.Serial;

/** A bound was met: what lies beyond was not looked at. */
public final class BoundMet extends Unreadable {
    @Serial
    private static final long serialVersionUID = 1L;

    public BoundMet(String why) {
        super(why);
    }
}
