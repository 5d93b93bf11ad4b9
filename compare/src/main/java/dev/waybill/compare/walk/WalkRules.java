package dev.waybill.compare.walk;

import dev.waybill.compare.form.Origin;
import dev.waybill.compare.form.Part;
import dev.waybill.compare.verdict.Rule;
import java.util.List;

/** Rules that belong to no format. */
public final class WalkRules {
    static final Rule ADDED = Rule.functional(
            "content.added", "What is only in one of them may be read or run, so it counts as functional.");

    static final Rule KIND = Rule.functional(
            "content.kind", "The two are of different formats, so they cannot be compared part by part.");

    static final Rule UNREADABLE = Rule.undecided(
            "analysis.unreadable",
            "The bytes differ and cannot be read as what they claim to be, so nothing can be said.");

    static final Rule BOUND = Rule.undecided(
            "analysis.bound", "The bytes differ and a bound ended the analysis, so nothing can be said.");

    static final Rule UNPROVED = Rule.functional(
            "proof.failed",
            "Applying the rules named here did not make the two equal, so they do not count as proved.");

    static final Rule UNEXPLAINED = Rule.functional(
            "content.unexplained",
            "The bytes differ, and no part that was read out of them does, so something was not seen.");

    static final Rule HASH_REFERENCE = Rule.metadata(
            "hash.reference",
            "It is the hash of another file inside, which has findings of its own; with each hash replaced by the name of"
                    + " its file the texts are equal.");

    static final Rule VERSION = Origin.LIBRARY;

    static final Rule SET = Rule.dependency(
            "dependency.set", "A library was added or taken away, so another set of code is on the path.");

    private WalkRules() {}

    /** All of them, for the catalogue. */
    public static List<Rule> all() {
        return List.of(
                Part.CONTENT, ADDED, KIND, UNREADABLE, BOUND, UNPROVED, UNEXPLAINED, HASH_REFERENCE, VERSION, SET);
    }
}
