package dev.waybill.core.verify;

import dev.waybill.core.problem.Problem;
import dev.waybill.core.problem.ProblemException;

/** Refusals of the verifier: the code says which check failed, the sentence why. */
final class Untrusted {
    private Untrusted() {}

    static ProblemException because(String code, String why) {
        return new Problem.Refused(
                        code,
                        "Verifying a statement",
                        why,
                        "Fetch the statement again; if it stays so, do not rely on it and keep it as evidence.")
                .exception();
    }
}
