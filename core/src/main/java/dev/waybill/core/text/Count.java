package dev.waybill.core.text;

/** A number with its noun: one file, two files. */
public final class Count {
    private Count() {}

    public static String of(long number, String noun) {
        return of(number, noun, noun + "s");
    }

    /** For words that change otherwise: {@code of(n, "file differs", "files differ")}. */
    public static String of(long number, String one, String several) {
        return number + " " + (number == 1 ? one : several);
    }
}
