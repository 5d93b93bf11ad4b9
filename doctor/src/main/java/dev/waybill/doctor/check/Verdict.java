package dev.waybill.doctor.check;

/** Unknown is an answer: what decides cannot be seen. */
public enum Verdict {
    YES,
    NO,
    UNKNOWN;

    static Verdict of(boolean yes) {
        return yes ? YES : NO;
    }

    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
