package dev.waybill.compare.bytes;

import java.io.IOException;
import java.io.Serial;

/** The bytes claim to be of a format and are not, or are closed to us: truncated, damaged, encrypted. Half a sentence why. */
public class Unreadable extends IOException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String why;

    public Unreadable(String why) {
        super(why);
        this.why = why;
    }

    /** Half a sentence, such as {@code the archive ends inside an entry}. */
    public String why() {
        return why;
    }
}
