package dev.waybill.compare.verdict;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/**
 * How far two artifacts are from being the same software: a chain, the later the worse. The verdict about a whole is the
 * worst of its findings ({@link #worst}), so that one functional difference is never outweighed.
 */
public enum Verdict {
    /** Byte for byte the same. */
    IDENTICAL("the bytes are the same"),
    /** Only facts about the making differ: times, order in containers, levels of compression, names of builders. */
    METADATA("only facts about the making differ"),
    /** Another compiler or another of its settings; the rules prove the same behaviour. */
    TOOLCHAIN("made by another toolchain, proved to do the same"),
    /** The base image below is another. */
    BASE("the base image is another"),
    /** Another version of a library or package is inside. */
    DEPENDENCY("other versions of dependencies are inside"),
    /** The software does something else, or nothing shows that it does not. */
    FUNCTIONAL("nothing shows that they do the same"),
    /** Something could not be analysed, so nothing can be said. */
    UNDECIDED("something could not be analysed");

    private final String meaning;

    Verdict(String meaning) {
        this.meaning = meaning;
    }

    /** The word in files and on the command line. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Half a sentence for people. */
    public String meaning() {
        return meaning;
    }

    /** Whether the two are the same software: proved, not guessed. */
    public boolean benign() {
        return compareTo(TOOLCHAIN) <= 0;
    }

    /** The worse of the two. */
    public Verdict or(Verdict other) {
        return compareTo(other) >= 0 ? this : other;
    }

    /** The worst, or identical when there is none. */
    public static Verdict worst(Collection<Verdict> verdicts) {
        return verdicts.stream().reduce(IDENTICAL, Verdict::or);
    }

    /** The verdict of this word. */
    public static Optional<Verdict> of(String word) {
        for (Verdict verdict : values()) {
            if (verdict.word().equals(word)) {
                return Optional.of(verdict);
            }
        }
        return Optional.empty();
    }
}
