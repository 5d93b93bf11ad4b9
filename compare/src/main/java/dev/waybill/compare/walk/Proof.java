package dev.waybill.compare.walk;

import dev.waybill.compare.bytes.Bytes;
import dev.waybill.compare.form.Atom;
import dev.waybill.compare.form.Content;
import dev.waybill.compare.form.Form;
import dev.waybill.compare.form.Lazy;
import dev.waybill.compare.form.Reading;
import dev.waybill.compare.form.Value;
import dev.waybill.compare.verdict.Finding;
import dev.waybill.compare.verdict.Rule;
import dev.waybill.core.name.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Applies rules to two artifacts and hashes what is left of each. What is equal on both sides stands for itself and is not
 * descended into: equal bytes are equal under any rules.
 */
public final class Proof {
    private final Reading reading;
    private final Set<Rule> rules;
    private final Frames frames;
    private final MessageDigest first = Digest.Algorithm.SHA256.newMessageDigest();
    private final MessageDigest second = Digest.Algorithm.SHA256.newMessageDigest();

    private Proof(Reading reading, Set<Rule> rules) {
        this.reading = reading;
        this.rules = rules;
        this.frames = new Frames(reading);
    }

    /**
     * What was hashed.
     *
     * @param first hash of what the rules leave of the first artifact, hexadecimal
     */
    public record Outcome(String first, String second) {
        public boolean holds() {
            return first.equals(second);
        }
    }

    /** Applies these rules and no others. */
    public static Outcome of(Value a, Value b, Set<Rule> rules, Reading reading) throws IOException {
        Proof proof = new Proof(reading, rules);
        proof.values(a, b);
        HexFormat hex = HexFormat.of();
        return new Outcome(hex.formatHex(proof.first.digest()), hex.formatHex(proof.second.digest()));
    }

    /** Says that the rules did not do what they say. */
    public static Finding failed() {
        return new Finding(List.of(), WalkRules.UNPROVED, "what the rules leave", "something else", "");
    }

    private void values(Value a, Value b) throws IOException {
        if (Sameness.atSight(a, b)) {
            say(first, "same");
            say(second, "same");
        } else if (a instanceof Content left && b instanceof Content right) {
            contents(left, right);
        } else {
            Form left = Walker.form(a, b);
            Form right = Walker.form(b, a);
            if (left != null && right != null) {
                forms(left, right);
            } else {
                alone(first, a);
                alone(second, b);
            }
        }
    }

    private void forms(Form a, Form b) throws IOException {
        frames.enter(a, b);
        say(first, a.kind());
        say(second, b.kind());
        Set<String> names = new TreeSet<>(a.parts().keySet());
        names.addAll(b.parts().keySet());
        for (String name : names) {
            Value left = Sameness.under(rules::contains, a.parts().get(name));
            Value right = Sameness.under(rules::contains, b.parts().get(name));
            if (!(left instanceof Value.Absent) || !(right instanceof Value.Absent)) {
                say(first, name);
                say(second, name);
                values(left, right);
            }
        }
        say(first, "end");
        say(second, "end");
        frames.leave();
    }

    private void contents(Content left, Content right) throws IOException {
        Bytes a = left.open(reading.scratch());
        try {
            Bytes b = right.open(reading.scratch());
            try {
                opened(left, right, a, b);
            } finally {
                b.release();
            }
        } finally {
            a.release();
        }
    }

    private void opened(Content left, Content right, Bytes a, Bytes b) throws IOException {
        if (Bytes.same(a, b)) {
            values(Value.ABSENT, Value.ABSENT);
            return;
        }
        Optional<Form> x = reading.form(a, left.place());
        Optional<Form> y = reading.form(b, right.place());
        if (x.isPresent() && y.isPresent()) {
            forms(x.get(), y.get());
        } else if (rules.contains(WalkRules.HASH_REFERENCE) && x.isEmpty() && y.isEmpty()) {
            say(first, frames.resolvedFirst(a));
            say(second, frames.resolvedSecond(b));
        } else {
            say(first, a.sha256());
            say(second, b.sha256());
        }
    }

    private void alone(MessageDigest digest, Value value) throws IOException {
        switch (value) {
            case Value.Absent absent -> say(digest, "absent");
            case Atom atom -> say(digest, "atom " + atom.text());
            case Content content -> say(digest, "content " + content.sha256(reading.scratch()));
            case Form form -> say(digest, "form " + form.kind());
            case Lazy lazy -> say(digest, "lazy " + lazy.identity());
        }
    }

    /** Length first, so that no two sequences of words are one sequence of bytes. */
    private static void say(MessageDigest digest, String word) {
        byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
        digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
        digest.update(bytes);
    }
}
