package dev.waybill.doctor.expression;

import java.util.List;

/** A condition or placeholder, parsed. */
public sealed interface Expr {
    record Text(String value) implements Expr {}

    /** {@code github.ref}, {@code inputs.env}, {@code $CI_COMMIT_BRANCH}. */
    record Name(String path) implements Expr {}

    /** A function, or {@code ==}, {@code !=}, {@code =~}, {@code !~}, {@code &&}, {@code ||}, {@code !}. */
    record Call(String name, List<Expr> arguments) implements Expr {}
}
