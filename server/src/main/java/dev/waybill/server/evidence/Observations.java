package dev.waybill.server.evidence;

import dev.waybill.core.name.Digest;
import dev.waybill.core.predicate.Deployment;
import dev.waybill.core.predicate.Observation;
import dev.waybill.core.predicate.TestResult;
import dev.waybill.core.problem.Problem;
import dev.waybill.core.problem.ProblemException;
import dev.waybill.core.statement.KeyRole;
import dev.waybill.core.statement.PredicateTypes;
import dev.waybill.server.db.Tx;
import dev.waybill.server.ledger.Entry;
import dev.waybill.server.ledger.KeyRegister;
import dev.waybill.server.ledger.Ledger;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** Whether an agent saw one process with these bytes from before a run until after it, and nobody saw anything else. */
final class Observations {
    private static final int PAGE = 500;

    private final Ledger ledger;
    private final KeyRegister keys;

    Observations(Ledger ledger) {
        this.ledger = ledger;
        this.keys = new KeyRegister(ledger);
    }

    /** What must have been so, and when. */
    record Window(Digest artifact, TestResult.Target target, TestResult.Run run) {}

    private record Seen(Entry entry, Observation observation) {}

    void require(Tx tx, Window window) {
        Seen before = seen(tx, window, window.target().before());
        Seen after = seen(tx, window, window.target().after());
        if (before.observation().at().isAfter(window.run().startedOn())
                || after.observation().at().isBefore(window.run().finishedOn())) {
            throw changed(
                    window,
                    "the observations do not enclose the run: they are of "
                            + before.observation().at() + " and "
                            + after.observation().at() + ".");
        }
        if (!sameProcess(before.observation(), after.observation())) {
            throw changed(window, "another process answered after the run than before it.");
        }
        requireNothingElse(tx, window, before, after);
    }

    private Seen seen(Tx tx, Window window, Digest id) {
        Entry entry = ledger.find(tx, id)
                .filter(e -> e.statement().predicateType().equals(PredicateTypes.OBSERVATION))
                .orElseThrow(() -> new Problem.NotFound(
                                "OBSERVATION_UNKNOWN",
                                tried(window),
                                "the ledger has no observation " + id + ".",
                                "Name the statements that the agent sent before and after the run.")
                        .exception());
        Observation observation = entry.statement().predicate(Observation.class, PredicateTypes.OBSERVATION);
        boolean mayTell = keys.at(tx, entry.signed().publicKey(), entry.index()).stream()
                .anyMatch(k -> k.role() == KeyRole.AGENT
                        && k.slots().contains(window.target().slot())
                        && k.holder().equals("agent/" + observation.agent()));
        if (!mayTell || !observation.slot().equals(window.target().slot())) {
            throw new Problem.Refused(
                            "OBSERVATION_UNTRUSTED",
                            tried(window),
                            "the observation " + id + " was not signed by an agent of "
                                    + window.target().slot() + ".",
                            "Use observations of the environment in which the test ran.")
                    .exception();
        }
        if (!shows(window, entry, observation)) {
            throw new Problem.Refused(
                            "TESTED_OTHER_BYTES",
                            tried(window),
                            "the agent saw " + running(observation) + " at " + observation.at() + ".",
                            "Deploy this artifact there first, then test; or attest the run to the digest it ran on.")
                    .exception();
        }
        return new Seen(entry, observation);
    }

    private static boolean shows(Window window, Entry entry, Observation observation) {
        return observation.state() == Observation.State.RUNNING
                && window.artifact().equals(observation.artifact())
                && observation.process() != null
                && entry.statement().isAbout(window.artifact());
    }

    private static String running(Observation observation) {
        return observation.artifact() == null
                ? "nothing known (" + observation.state().name().toLowerCase(Locale.ROOT) + ")"
                : observation.artifact() + " (" + observation.state().name().toLowerCase(Locale.ROOT) + ")";
    }

    private static boolean sameProcess(Observation one, Observation other) {
        return one.agent().equals(other.agent())
                && one.target().equals(other.target())
                && one.process() != null
                && one.process().equals(other.process());
    }

    /** Looks at everything that was logged since: what happened in between may have been reported later. */
    private void requireNothingElse(Tx tx, Window window, Seen before, Seen after) {
        long index = before.entry().index();
        List<Entry> page;
        do {
            page = ledger.ofType(tx, PredicateTypes.OBSERVATION, index, PAGE);
            for (Entry entry : page) {
                index = entry.index();
                Observation other = entry.statement().predicate(Observation.class, PredicateTypes.OBSERVATION);
                boolean concerned =
                        other.slot().equals(window.target().slot()) && within(entry, other.at(), before, after);
                boolean sameTarget = other.target().equals(before.observation().target())
                        && other.agent().equals(before.observation().agent());
                if (concerned
                        && (!shows(window, entry, other)
                                || (sameTarget && !sameProcess(before.observation(), other)))) {
                    throw changed(
                            window,
                            "at " + other.at() + " the agent saw " + running(other) + " on " + other.target() + ".");
                }
            }
        } while (page.size() == PAGE);
        requireNoDeployment(tx, window, before, after);
    }

    private void requireNoDeployment(Tx tx, Window window, Seen before, Seen after) {
        long index = before.entry().index();
        List<Entry> page;
        do {
            page = ledger.ofType(tx, PredicateTypes.DEPLOYMENT, index, PAGE);
            for (Entry entry : page) {
                index = entry.index();
                Deployment deployment = entry.statement().predicate(Deployment.class, PredicateTypes.DEPLOYMENT);
                if (deployment.release().slot().equals(window.target().slot())
                        && within(entry, deployment.finishedAt(), before, after)) {
                    throw changed(window, deployment.release() + " was deployed at " + deployment.finishedAt() + ".");
                }
            }
        } while (page.size() == PAGE);
    }

    /** By its place in the ledger or by its own time: either is enough to doubt. */
    private static boolean within(Entry entry, Instant at, Seen before, Seen after) {
        boolean byIndex = entry.index() > before.entry().index()
                && entry.index() < after.entry().index();
        boolean byTime = at.isAfter(before.observation().at())
                && at.isBefore(after.observation().at());
        return byIndex || byTime;
    }

    private static ProblemException changed(Window window, String missing) {
        return new Problem.Refused(
                        "TARGET_CHANGED", tried(window), missing, "Run the test again while nothing is deployed there.")
                .exception();
    }

    private static String tried(Window window) {
        return "Recording a test run against " + window.target().slot() + " for " + window.artifact();
    }
}
