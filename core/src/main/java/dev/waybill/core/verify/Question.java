package dev.waybill.core.verify;

import dev.waybill.core.name.Digest;
import dev.waybill.core.name.Slot;
import org.jspecify.annotations.Nullable;

/**
 * What a statement is wanted for. Parts that are null are not asked: the caller then must not decide on them.
 *
 * @param subject the artifact under question
 * @param predicateType the exact type
 * @param scope the one place that the statement must be about
 */
public record Question(
        @Nullable Digest subject,
        @Nullable String predicateType,
        @Nullable Slot scope) {
    /** For reading a ledger: what is it, whatever it is. */
    public static final Question ANY = new Question(null, null, null);

    public static Question about(Digest subject, String predicateType) {
        return new Question(subject, predicateType, null);
    }

    public static Question of(String predicateType) {
        return new Question(null, predicateType, null);
    }

    public Question in(Slot place) {
        return new Question(subject, predicateType, place);
    }
}
