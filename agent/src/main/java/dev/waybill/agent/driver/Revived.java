package dev.waybill.agent.driver;

/**
 * How starting a lost release again went.
 *
 * @param detail one sentence: how health was seen, or what failed
 */
public record Revived(How how, String detail) {
    /** What became of it. */
    public enum How {
        HEALTHY,
        /** Nothing runs; another attempt may be made. */
        FAILED,
        /** Somebody asked for something else in the meantime, which goes first. */
        GAVE_WAY
    }
}
