package dev.waybill.compare.report;

import dev.waybill.compare.verdict.Verdict;

/** Colours of a terminal, or none. */
public interface Palette {
    /** No colour. */
    Palette PLAIN = new Palette() {};

    default String verdict(Verdict verdict, String text) {
        return text;
    }

    default String dim(String text) {
        return text;
    }

    default String bold(String text) {
        return text;
    }
}
