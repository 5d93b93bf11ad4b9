package dev.waybill.server.page;

import dev.waybill.core.name.Digest;
import dev.waybill.core.seal.Seal;

/**
 * A seal as SVG paths in a field of 40 x 40, with presentation attributes only, as the pages' policy demands.
 *
 * @param outline path of the shape
 * @param cells path of the filled cells, inside the shape
 */
public record SealDrawing(String outline, String cells, String ink, String ground) {
    public static SealDrawing of(Digest digest) {
        return of(Seal.of(digest));
    }

    static SealDrawing of(Seal seal) {
        return switch (seal.outline()) {
            case 0 -> draw(seal, "M20 1.5a18.5 18.5 0 1 1 0 37a18.5 18.5 0 1 1 0-37z", 50);
            case 1 -> draw(seal, "M3.5 3.5h33v33h-33z", 54);
            case 2 -> draw(seal, "M20 0.5L39.5 20L20 39.5L0.5 20z", 38);
            default -> draw(seal, "M11 3h18L38.5 20L29 37h-18L1.5 20z", 48);
        };
    }

    /** @param tenths side of a cell in tenths of the field's unit */
    private static SealDrawing draw(Seal seal, String outline, int tenths) {
        StringBuilder path = new StringBuilder();
        int start = 200 - tenths * Seal.SIDE / 2;
        for (int row = 0; row < Seal.SIDE; row++) {
            int column = 0;
            while (column < Seal.SIDE) {
                int run = run(seal, row, column);
                if (run > 0) {
                    path.append('M').append(number(start + column * tenths));
                    path.append(' ').append(number(start + row * tenths));
                    path.append('h').append(number(run * tenths)).append('v').append(number(tenths));
                    path.append('h').append(number(-run * tenths)).append('z');
                }
                column += Math.max(1, run);
            }
        }
        return new SealDrawing(
                outline, path.toString(), seal.ink().css(), seal.ground().css());
    }

    private static int run(Seal seal, int row, int from) {
        int column = from;
        while (column < Seal.SIDE && seal.filled(row, column)) {
            column++;
        }
        return column - from;
    }

    private static String number(int tenths) {
        return tenths % 10 == 0 ? Integer.toString(tenths / 10) : Double.toString(tenths / 10.0);
    }
}
