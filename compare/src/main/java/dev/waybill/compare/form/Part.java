package dev.waybill.compare.form;

import dev.waybill.compare.verdict.Rule;
import org.jspecify.annotations.Nullable;

/**
 * One named part of a form.
 *
 * @param name unique in its form; one that starts with {@code /} names a file inside
 * @param rule names a difference that no leniency covers
 * @param leniency null when every difference counts
 */
public record Part(
        String name, Value value, Rule rule, @Nullable Leniency leniency) {
    /** Differences of nothing special: different data does different things. */
    public static final Rule CONTENT = Rule.functional(
            "content.differs", "No rule shows that this difference is harmless, so it counts as functional.");

    /** Every difference counts. */
    public static Part of(String name, Value value) {
        return new Part(name, value, CONTENT, null);
    }

    public static Part of(String name, String text) {
        return of(name, new Atom(text));
    }

    /** Every difference counts, and this rule says why. */
    public static Part of(String name, Value value, Rule rule) {
        return new Part(name, value, rule, null);
    }

    /** The rule drops it. */
    public static Part droppable(String name, Value value, Rule rule) {
        return new Part(name, value, CONTENT, new Leniency(rule, Value.ABSENT));
    }

    public static Part droppable(String name, String text, Rule rule) {
        return droppable(name, new Atom(text), rule);
    }

    /** The rule gives it another value; what differs still is named by the second rule. */
    public static Part normal(String name, Value value, Leniency leniency, Rule otherwise) {
        return new Part(name, value, otherwise, leniency);
    }

    /** Whether it is a file inside, and not a fact about one. */
    public boolean isFile() {
        return name.startsWith("/");
    }
}
