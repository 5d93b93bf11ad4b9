package dev.waybill.compare.form;

import dev.waybill.compare.bytes.Bytes;
import java.io.IOException;

/** Reads bytes of one format into a form that says everything they say. */
public interface Format {
    /** How it is called in results. */
    String name();

    /** Whether these bytes are probably of this format. */
    boolean claims(Look look);

    /**
     * Reads all of it.
     *
     * @throws dev.waybill.compare.bytes.Unreadable when it is not of this format after all, damaged, or closed to us
     */
    Form read(Bytes bytes, Place place, Reading reading) throws IOException;

    /**
     * Whether bytes that it claims and cannot read are undecided. Formats that are only guessed from a name give way to the
     * next one, in the end to plain bytes, where every difference counts.
     */
    boolean certain();

    /**
     * A first look at bytes.
     *
     * @param head at most {@value Look#MOST} bytes
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Look(byte[] head, long size, Place place) {
        public static final int MOST = 1024;

        public boolean starts(String magic) {
            return at(0, magic);
        }

        /** @param magic one byte for each character */
        public boolean at(int offset, String magic) {
            if (head.length < offset + magic.length()) {
                return false;
            }
            for (int i = 0; i < magic.length(); i++) {
                if ((head[offset + i] & 0xff) != magic.charAt(i)) {
                    return false;
                }
            }
            return true;
        }
    }
}
