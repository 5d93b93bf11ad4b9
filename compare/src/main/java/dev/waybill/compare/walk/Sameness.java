package dev.waybill.compare.walk;

import dev.waybill.compare.form.Atom;
import dev.waybill.compare.form.Content;
import dev.waybill.compare.form.Form;
import dev.waybill.compare.form.Lazy;
import dev.waybill.compare.form.Part;
import dev.waybill.compare.form.Value;
import dev.waybill.compare.verdict.Rule;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What can be said about two values without opening them, and what a part is once rules are applied. */
final class Sameness {
    private Sameness() {}

    /** True means equal; false means that one has to look closer. */
    @SuppressWarnings("ReferenceEquality")
    static boolean atSight(Value a, Value b) {
        if (a == b) {
            return true;
        }
        return switch (a) {
            case Atom left -> left.equals(b);
            case Value.Absent left -> b instanceof Value.Absent;
            case Content left -> b instanceof Content right && left.samePacked(right);
            case Lazy left -> b instanceof Lazy right && left.identity().equals(right.identity());
            case Form left -> false;
        };
    }

    static Value value(@Nullable Part part) {
        return part == null ? Value.ABSENT : part.value();
    }

    /** The part's value with its rule applied where the predicate says so. */
    static Value under(Predicate<Rule> rules, @Nullable Part part) {
        if (part == null) {
            return Value.ABSENT;
        }
        return part.leniency() != null && rules.test(part.leniency().rule())
                ? part.leniency().normal()
                : part.value();
    }

    /** The rules that change one of the two. */
    static void used(@Nullable Part part, Set<Rule> into) {
        if (part != null
                && part.leniency() != null
                && !atSight(part.value(), part.leniency().normal())) {
            into.add(part.leniency().rule());
        }
    }
}
