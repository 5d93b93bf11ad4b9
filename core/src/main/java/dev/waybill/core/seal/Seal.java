package dev.waybill.core.seal;

import dev.waybill.core.name.Digest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What a digest looks like: 4 outlines x 56 pairs of colours x 32768 patterns, about 7.3 million.
 *
 * @param outline 0 circle, 1 square, 2 diamond, 3 hexagon
 * @param pattern 15 bits: a field of 5 x 5 cells, mirrored about its middle column. Bit {@code 3 * row + column} for the
 *     columns 0, 1 and 2 of each row; see {@link #filled}
 * @param ink colour of the filled cells and of the outline
 * @param ground colour behind them, never the same as {@code ink}
 */
public record Seal(int outline, int pattern, SealColour ink, SealColour ground) {
    public static final int OUTLINES = 4;
    public static final int PATTERNS = 1 << 15;
    public static final int SIDE = 5;

    private static final String DOMAIN = "waybill seal v1\n";

    public static Seal of(Digest digest) {
        byte[] mixed = Digest.sha256((DOMAIN + digest).getBytes(StandardCharsets.US_ASCII))
                .bytes();
        // Hashed once more, so that digests which share their visible first digits share nothing of the seal.
        long rest = ByteBuffer.wrap(mixed).getLong() >>> 1;
        SealColour[] colours = SealColour.values();
        int outline = (int) (rest % OUTLINES);
        rest /= OUTLINES;
        int pattern = (int) (rest % PATTERNS);
        rest /= PATTERNS;
        int ink = (int) (rest % colours.length);
        rest /= colours.length;
        int other = (int) (rest % (colours.length - 1));
        return new Seal(outline, pattern, colours[ink], colours[other < ink ? other : other + 1]);
    }

    /** Whether the cell is drawn in ink; {@code row} and {@code column} from 0 to 4. */
    public boolean filled(int row, int column) {
        int mirrored = column < 3 ? column : SIDE - 1 - column;
        return (pattern >> (3 * row + mirrored) & 1) == 1;
    }

    /** The two characters of the terminal: quadrant blocks (Unicode 2596 to 259F) chosen by the pattern's lowest eight bits. */
    public String glyphs() {
        return "" + QUADRANTS.charAt(pattern & 15) + QUADRANTS.charAt(pattern >> 4 & 15);
    }

    private static final String QUADRANTS = " ▘▝▀▖▌▞▛▗▚▐▜▄▙▟█";
}
