package dev.waybill.core.seal;

/**
 * Eight colours that people with any common colour blindness tell apart (Okabe and Ito, "Color Universal Design", 2008).
 * {@code terminal} is the nearest of the 256 colours of xterm.
 */
public enum SealColour {
    BLACK("#000000", 16),
    ORANGE("#e69f00", 178),
    SKY_BLUE("#56b4e9", 74),
    BLUISH_GREEN("#009e73", 36),
    YELLOW("#f0e442", 221),
    BLUE("#0072b2", 25),
    VERMILION("#d55e00", 166),
    REDDISH_PURPLE("#cc79a7", 175);

    private final String css;
    private final int terminal;

    SealColour(String css, int terminal) {
        this.css = css;
        this.terminal = terminal;
    }

    /** {@code #rrggbb}. */
    public String css() {
        return css;
    }

    public int terminal() {
        return terminal;
    }
}
