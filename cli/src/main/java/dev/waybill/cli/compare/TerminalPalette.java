package dev.waybill.cli.compare;

import dev.waybill.cli.terminal.Style;
import dev.waybill.compare.report.Palette;
import dev.waybill.compare.verdict.Verdict;

/** The colours of this terminal. */
record TerminalPalette(Style style) implements Palette {
    @Override
    public String verdict(Verdict verdict, String text) {
        if (verdict.benign()) {
            return style.good(text);
        }
        return verdict.compareTo(Verdict.DEPENDENCY) <= 0 ? style.warn(text) : style.bad(text);
    }

    @Override
    public String dim(String text) {
        return style.dim(text);
    }

    @Override
    public String bold(String text) {
        return style.bold(text);
    }
}
