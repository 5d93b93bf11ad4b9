package dev.waybill.compare.walk;

import dev.waybill.compare.bytes.BoundMet;
import dev.waybill.compare.bytes.Bytes;
import dev.waybill.compare.bytes.Unreadable;
import dev.waybill.compare.form.Atom;
import dev.waybill.compare.form.Content;
import dev.waybill.compare.form.Form;
import dev.waybill.compare.form.Lazy;
import dev.waybill.compare.form.Origin;
import dev.waybill.compare.form.Part;
import dev.waybill.compare.form.Reading;
import dev.waybill.compare.form.Value;
import dev.waybill.compare.verdict.Finding;
import dev.waybill.compare.verdict.Rule;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Walks down two values at once and notes each difference with the rule that names it. */
public final class Walker {
    private final Reading reading;
    private Findings findings;
    private final Consumer<String> watch;
    private final List<String> where = new ArrayList<>();
    private final Frames frames;
    private int depth;

    /** @param watch hears the name of each file that is opened */
    public Walker(Reading reading, Findings findings, Consumer<String> watch) {
        this.reading = reading;
        this.findings = findings;
        this.watch = watch;
        this.frames = new Frames(reading);
    }

    /** Compares the roots. */
    public void compare(Value a, Value b) throws IOException {
        values(a, b, Part.CONTENT);
    }

    private void forms(Form a, Form b) throws IOException {
        frames.enter(a, b);
        try {
            parts(a, b);
        } finally {
            frames.leave();
        }
    }

    private void parts(Form a, Form b) throws IOException {
        Leftover leftover = new Leftover();
        for (String name : names(a, b)) {
            Part left = a.parts().get(name);
            Part right = b.parts().get(name);
            if (!Sameness.atSight(Sameness.value(left), Sameness.value(right)) && !lenient(name, left, right)) {
                if ((left == null || right == null) && leftover.takes(name, left != null)) {
                    continue;
                }
                part(name, left, right);
            }
        }
        for (Leftover.Drift drift : leftover.drifts()) {
            note(List.of(drift.name()), drift.rule(), drift.before(), drift.after(), "");
        }
    }

    /** The first one's order, then what only the second has. */
    private static Set<String> names(Form a, Form b) {
        Set<String> names = new LinkedHashSet<>(a.parts().keySet());
        names.addAll(b.parts().keySet());
        return names;
    }

    /** What has parts on both sides is compared by them; its own leniency is for the side that lacks it. */
    private boolean lenient(String name, @Nullable Part left, @Nullable Part right) {
        if (hasParts(left) && hasParts(right)) {
            return false;
        }
        Value a = Sameness.under(rule -> true, left);
        Value b = Sameness.under(rule -> true, right);
        if (!Sameness.atSight(a, b)) {
            return false;
        }
        Set<Rule> used = new TreeSet<>();
        Sameness.used(left, used);
        Sameness.used(right, used);
        for (Rule rule : used) {
            note(List.of(name), rule, Describe.part(left), Describe.part(right), "");
        }
        return !used.isEmpty();
    }

    private static boolean hasParts(@Nullable Part part) {
        return part != null && (part.value() instanceof Form || part.value() instanceof Lazy);
    }

    private void part(String name, @Nullable Part left, @Nullable Part right) throws IOException {
        where.add(name);
        try {
            Value a = Sameness.value(left);
            Value b = Sameness.value(right);
            values(a, b, meaning(left, right));
        } finally {
            where.removeLast();
        }
    }

    /** The worse rule of the two; a file without a counterpart is named as such. */
    private static Rule meaning(@Nullable Part left, @Nullable Part right) {
        if (left == null || right == null) {
            Part there = left == null ? right : left;
            return there == null || (there.isFile() && there.rule().equals(Part.CONTENT))
                    ? WalkRules.ADDED
                    : there.rule();
        }
        return left.rule().verdict().compareTo(right.rule().verdict()) >= 0 ? left.rule() : right.rule();
    }

    private void values(Value a, Value b, Rule meaning) throws IOException {
        if (a instanceof Content left && b instanceof Content right) {
            try {
                contents(left, right, meaning);
            } catch (Unreadable e) {
                unreadable(e, Describe.value(a), Describe.value(b));
            }
            return;
        }
        try {
            Form left = form(a, b);
            Form right = form(b, a);
            if (left != null && right != null && left.kind().equals(right.kind())) {
                int known = findings.total();
                if (ofOtherVersion(left, right)) {
                    drifted(left, right);
                } else {
                    forms(left, right);
                }
                if (a instanceof Lazy file && file.content() != null) {
                    unexplained(known);
                }
                return;
            }
        } catch (Unreadable e) {
            unreadable(e, Describe.value(a), Describe.value(b));
            return;
        }
        if (a instanceof Atom left && b instanceof Atom right) {
            Describe.Difference shown = Describe.atoms(left, right);
            note(List.of(), meaning, shown.before(), shown.after(), shown.note());
        } else {
            note(List.of(), meaning, Describe.value(a), Describe.value(b), "");
        }
    }

    static @Nullable Form form(Value value, Value beside) throws IOException {
        return switch (value) {
            case Form form -> form;
            case Lazy lazy ->
                Reading.guarded(() -> beside instanceof Lazy other
                        ? lazy.making().makeBeside(other)
                        : lazy.making().make());
            default -> null;
        };
    }

    private static boolean ofOtherVersion(Form a, Form b) {
        return a.origin().isPresent()
                && b.origin().isPresent()
                && a.origin().get().name().equals(b.origin().get().name())
                && !a.origin().get().version().equals(b.origin().get().version());
    }

    /** A file of another version of what it belongs to: what is harmless in it stays so, anything else is the drift. */
    private void drifted(Form a, Form b) throws IOException {
        Findings outer = findings;
        Findings inner = new Findings(100);
        findings = inner;
        try {
            forms(a, b);
        } finally {
            findings = outer;
        }
        if (inner.worst().benign()) {
            findings.addAll(inner);
        } else {
            drift(a.origin().orElseThrow(), b.origin().orElseThrow());
        }
    }

    private void drift(Origin before, Origin after) {
        String name = before.name() + " ";
        note(List.of(), before.rule(), name + before.version(), name + after.version(), "");
    }

    private void contents(Content left, Content right, Rule meaning) throws IOException {
        if (left.samePacked(right)) {
            return;
        }
        if (depth >= reading.budget().bounds().depth()) {
            throw new BoundMet(
                    "it lies deeper than " + reading.budget().bounds().depth() + " levels");
        }
        watch.accept(left.place().name());
        Bytes a = left.open(reading.scratch());
        try {
            Bytes b = right.open(reading.scratch());
            try {
                if (!Bytes.same(a, b)) {
                    int known = findings.total();
                    depth++;
                    try {
                        opened(left, right, new Pair(a, b), meaning);
                    } finally {
                        depth--;
                    }
                    unexplained(known);
                }
            } finally {
                b.release();
            }
        } finally {
            a.release();
        }
    }

    /** The last net: what differs and gave no finding was not seen, and then it may be anything. */
    private void unexplained(int known) {
        if (findings.total() == known) {
            note(List.of(), WalkRules.UNEXPLAINED, "these bytes", "other bytes", "");
        }
    }

    private record Pair(Bytes a, Bytes b) {}

    private void opened(Content left, Content right, Pair bytes, Rule meaning) throws IOException {
        Optional<Form> a = reading.form(bytes.a(), left.place());
        Optional<Form> b = reading.form(bytes.b(), right.place());
        if (a.isPresent() && b.isPresent()) {
            // A library inside that says itself that it is another version. The outermost is what was asked about:
            // never.
            if (depth > 1 && ofOtherVersion(a.get(), b.get())) {
                drift(a.get().origin().orElseThrow(), b.get().origin().orElseThrow());
                return;
            }
            if (a.get().kind().equals(b.get().kind())) {
                forms(a.get(), b.get());
                return;
            }
            note(List.of(), WalkRules.KIND, a.get().kind(), b.get().kind(), "");
            return;
        }
        if (a.isPresent() || b.isPresent()) {
            String first = a.map(Form::kind).orElse("plain bytes");
            String second = b.map(Form::kind).orElse("plain bytes");
            note(List.of(), WalkRules.KIND, first, second, "");
            return;
        }
        if (frames.equalUnderReferences(bytes.a(), bytes.b())) {
            note(List.of(), WalkRules.HASH_REFERENCE, "hashes of files inside", "hashes of files inside", "");
            return;
        }
        Describe.Difference shown = Describe.plain(bytes.a(), bytes.b());
        note(List.of(), meaning, shown.before(), shown.after(), shown.note());
    }

    private void unreadable(Unreadable e, @Nullable String before, @Nullable String after) {
        Rule rule = e instanceof BoundMet ? WalkRules.BOUND : WalkRules.UNREADABLE;
        note(List.of(), rule, before, after, "Reason: " + e.why() + ".");
    }

    private void note(List<String> below, Rule rule, @Nullable String before, @Nullable String after, String note) {
        List<String> place = new ArrayList<>(where);
        place.addAll(below);
        findings.add(new Finding(place, rule, before, after, note));
    }
}
