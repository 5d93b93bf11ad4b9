package dev.waybill.core.verify;

import dev.waybill.core.name.Digest;
import dev.waybill.core.name.Slot;
import dev.waybill.core.problem.ProblemException;
import dev.waybill.core.statement.KeyRole;
import dev.waybill.core.statement.Predicate;
import dev.waybill.core.statement.Statement;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What an authentic statement says, against what was asked and what its key may say. */
final class Meaning {
    private Meaning() {}

    /** {@code PREDICATE_MISMATCH}, {@code DIGEST_UNACCEPTED} or {@code SUBJECT_MISMATCH} unless it answers the question. */
    static void checkSubject(Statement statement, Question question) {
        String type = question.predicateType();
        if (type != null && !type.equals(statement.predicateType())) {
            throw Untrusted.because(
                    "PREDICATE_MISMATCH", "it says " + statement.predicateType() + ", and " + type + " was asked for.");
        }
        if (question.subject() != null) {
            checkSubject(statement, question.subject());
        }
    }

    static void checkSubject(Statement statement, Digest wanted) {
        if (statement.isAbout(wanted)) {
            return;
        }
        if (statement.subject().stream().allMatch(subject -> subject.sha256().isEmpty())) {
            throw Untrusted.because(
                    "DIGEST_UNACCEPTED", "no subject has a sha256 of 64 lower-case hex digits, and no other counts.");
        }
        throw Untrusted.because("SUBJECT_MISMATCH", "it is about other bytes than " + wanted + ".");
    }

    /**
     * The key among those that made the signature that may say this ({@code KEY_ROLE_FORBIDDEN}), here
     * ({@code SCOPE_MISMATCH}). One pair of keys may have several roles, holders and places; each is judged for itself, one
     * that may suffices, and when none may the last one's reason is given.
     */
    static TrustedKey checkSpeaker(Statement statement, List<TrustedKey> makers, Question question, String origin) {
        List<TrustedKey> allowed = makers.stream()
                .filter(key -> key.role().maySay(statement.predicateType()))
                .toList();
        if (allowed.isEmpty()) {
            throw Untrusted.because(
                    "KEY_ROLE_FORBIDDEN",
                    "a key for " + makers.getFirst().role().label() + " may not say " + statement.predicateType()
                            + ".");
        }
        Predicate predicate = Scope.read(statement);
        @Nullable ProblemException last = null;
        for (TrustedKey key : allowed) {
            try {
                return check(key, predicate, question.scope(), origin);
            } catch (ProblemException e) {
                last = e;
            }
        }
        throw Objects.requireNonNull(last);
    }

    private static TrustedKey check(
            TrustedKey key, @Nullable Predicate predicate, @Nullable Slot wanted, String origin) {
        checkIdentity(key, predicate);
        checkPlace(key, predicate, wanted, origin);
        return key;
    }

    private static void checkIdentity(TrustedKey key, @Nullable Predicate predicate) {
        String claimed = Scope.claimedId(predicate);
        if (claimed != null && !key.ids().isEmpty() && !key.ids().contains(claimed)) {
            throw Untrusted.because("KEY_ROLE_FORBIDDEN", "its key may not speak as " + claimed + ".");
        }
        String agent = Scope.agent(predicate);
        if (agent != null && !key.holder().equals("agent/" + agent)) {
            throw Untrusted.because(
                    "KEY_ROLE_FORBIDDEN", "the key of " + key.holder() + " speaks as agent " + agent + ".");
        }
    }

    private static void checkPlace(
            TrustedKey key, @Nullable Predicate predicate, @Nullable Slot wanted, String origin) {
        Slot slot = Scope.slot(predicate);
        boolean bound = key.role() == KeyRole.AGENT || !key.slots().isEmpty();
        if (bound && (slot == null || !key.slots().contains(slot))) {
            throw Untrusted.because("SCOPE_MISMATCH", "its key may not speak about " + slot + ".");
        }
        if (wanted != null && !Scope.covers(predicate, wanted, origin)) {
            throw Untrusted.because("SCOPE_MISMATCH", "it is not about " + wanted + ".");
        }
    }
}
