package dev.waybill.core.policy;

import dev.waybill.core.predicate.Mark;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Marks that stand: what was said, without what was ended later by an end of the same kind and scope. For whoever shows marks or
 * acts on them outside of a verdict; the gates judge by {@link MarkRules}, which also know how far the ledger was read.
 *
 * @param <T> what holds the mark, such as an entry of the ledger
 */
public final class InForce<T> {
    private final Function<T, Mark> says;
    private final List<T> standing = new ArrayList<>();

    public InForce(Function<T, Mark> says) {
        this.says = says;
    }

    /** The next one, in the ledger's order. */
    public InForce<T> hear(T said) {
        Mark mark = says.apply(said);
        if (mark.ended()) {
            standing.removeIf(s -> says.apply(s).sameAs(mark));
        } else {
            standing.add(said);
        }
        return this;
    }

    /** As {@link #hear}, for each of them. */
    public InForce<T> hearAll(Iterable<T> said) {
        said.forEach(this::hear);
        return this;
    }

    /** Oldest first. */
    public List<T> all() {
        return List.copyOf(standing);
    }
}
