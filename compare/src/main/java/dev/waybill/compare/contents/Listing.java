package dev.waybill.compare.contents;

/**
 * How a listing ended. What was found before stays true in every case.
 *
 * @param entries files that were found
 * @param bytes bytes that were unpacked
 * @param detail one sentence for people; empty when complete
 */
public record Listing(Outcome outcome, long entries, long bytes, String detail) {
    /** How far it came. */
    public enum Outcome {
        /** Every file was seen, except those that no format shows (encrypted, sparse). */
        COMPLETE,
        /** Not an archive that is known here: nothing is inside. */
        PLAIN,
        /** A limit was met. */
        CAPPED,
        /** The archive is damaged, ends early or says two things. */
        UNREADABLE
    }
}
