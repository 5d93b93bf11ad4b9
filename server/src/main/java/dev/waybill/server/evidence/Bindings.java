package dev.waybill.server.evidence;

import dev.waybill.api.evidence.TestRequest;
import dev.waybill.core.name.ActorName;
import dev.waybill.core.predicate.TestResult;
import dev.waybill.core.problem.Problem;
import dev.waybill.server.artifact.Artifact;
import dev.waybill.server.db.Tx;

/**
 * What ties a test run to the bytes, and what each tie proves.
 *
 * <ul>
 *   <li>{@code build}: whoever built and registered the artifact says that the run was part of that build. Accepted from
 *       the actor who registered it by a build; from anybody else it counts as claimed.
 *   <li>{@code fetched}: the sender says that it fetched these bytes by digest and ran them; it proves as much as the
 *       sender's token is worth.
 *   <li>{@code observed}: an agent's signed observations before and after show the same process with these bytes, and
 *       nothing in the ledger shows anything else in between.
 *   <li>{@code claimed}: nothing.
 * </ul>
 */
final class Bindings {
    private final Observations observations;

    Bindings(Observations observations) {
        this.observations = observations;
    }

    /** The binding that will be stated: the one asked for, or claimed. */
    static TestResult.Binding stated(TestRequest request, Artifact artifact, ActorName by) {
        boolean built = artifact.registration().via().equals("build")
                && artifact.registration().by().equals(by);
        return request.binding() == TestResult.Binding.BUILD && !built ? TestResult.Binding.CLAIMED : request.binding();
    }

    /** Inside the transaction that logs the run; refuses with {@code TESTED_OTHER_BYTES} or {@code TARGET_CHANGED}. */
    void require(Tx tx, TestRequest request) {
        TestResult.Target target = request.target();
        if (request.binding() != TestResult.Binding.OBSERVED) {
            return;
        }
        if (target == null) {
            throw new Problem.Malformed(
                            "TARGET_MISSING",
                            "Recording a test run against a running release",
                            "it names no target with its observations before and after.",
                            "Use `waybill test --target ENV/APP`, which takes both.")
                    .exception();
        }
        observations.require(tx, new Observations.Window(request.artifact(), target, request.run()));
    }
}
