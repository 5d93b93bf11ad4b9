package dev.waybill.core.text;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * The known words that a mistyped one may have meant: its continuations, and those that are a slip or two away. A slip
 * is a letter too many, too few or another one, or two neighbours in the wrong order (optimal string alignment distance).
 */
public final class Closest {
    private static final int MOST = 3;

    /** Shorter beginnings fit too much. */
    private static final int BEGINNING = 3;

    private Closest() {}

    /** At most three, the likeliest first; none where everything would be far-fetched. */
    public static List<String> to(String typed, Collection<String> known) {
        return known.stream()
                .distinct()
                .map(word -> new Guess(word, far(typed, word)))
                .filter(guess -> guess.far() <= allowed(typed, guess.word()))
                .sorted(Comparator.comparingInt(Guess::far).thenComparing(Guess::word))
                .limit(MOST)
                .map(Guess::word)
                .toList();
    }

    private record Guess(String word, int far) {}

    /** A continuation is one step away, however long it is. */
    private static int far(String typed, String word) {
        boolean begins = typed.length() >= BEGINNING && word.startsWith(typed);
        return begins ? Math.min(1, word.length() - typed.length()) : slips(typed, word);
    }

    /** One slip in up to five letters, two in more; in one or two letters every slip makes another word. */
    private static int allowed(String typed, String word) {
        int letters = Math.max(typed.length(), word.length());
        return letters < 3 ? 0 : letters < 6 ? 1 : 2;
    }

    private static int slips(String a, String b) {
        int[][] table = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            table[i][0] = i;
        }
        for (int j = 0; j <= b.length(); j++) {
            table[0][j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            for (int j = 1; j <= b.length(); j++) {
                int other = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                int least = Math.min(Math.min(table[i - 1][j], table[i][j - 1]) + 1, table[i - 1][j - 1] + other);
                boolean turned =
                        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                table[i][j] = turned ? Math.min(least, table[i - 2][j - 2] + 1) : least;
            }
        }
        return table[a.length()][b.length()];
    }
}
