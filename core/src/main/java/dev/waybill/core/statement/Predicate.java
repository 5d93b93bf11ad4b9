package dev.waybill.core.statement;

/** The {@code predicate} of a statement: a record that knows its own type URI. */
public interface Predicate {
    /** The exact predicateType, a constant of {@link PredicateTypes}. */
    String predicateType();
}
