package dev.waybill.server.insight;

import dev.waybill.core.predicate.Approval;
import dev.waybill.core.predicate.ClaimedDeployment;
import dev.waybill.core.predicate.ConfigurationSet;
import dev.waybill.core.predicate.Copy;
import dev.waybill.core.predicate.Deployment;
import dev.waybill.core.predicate.Mark;
import dev.waybill.core.predicate.Observation;
import dev.waybill.core.predicate.Provenance;
import dev.waybill.core.predicate.Registration;
import dev.waybill.core.predicate.ReleaseMade;
import dev.waybill.core.predicate.TestResult;
import dev.waybill.core.predicate.VerificationSummary;
import dev.waybill.core.statement.Predicate;
import dev.waybill.core.statement.PredicateTypes;
import dev.waybill.core.statement.Statement;
import dev.waybill.core.text.Count;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A statement in one line. What happened in an environment is labelled with it and starts with the word of its stamp.
 *
 * @param claimed true when the statement only repeats somebody's word
 */
record Telling(String label, String text, boolean claimed) {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final Pattern PLACE = Pattern.compile("waybill://[^/]+/env/([^/]+)/app/.+");

    static Telling of(Statement statement) {
        String type = statement.predicateType();
        return switch (type) {
            case PredicateTypes.PROVENANCE -> of(say(statement, Provenance.class));
            case PredicateTypes.TEST_RESULT -> of(say(statement, TestResult.class));
            case PredicateTypes.VERIFICATION_SUMMARY -> of(say(statement, VerificationSummary.class));
            default -> ours(statement);
        };
    }

    private static Telling ours(Statement statement) {
        String type = statement.predicateType();
        if (type.equals(PredicateTypes.REGISTRATION)) {
            return of(say(statement, Registration.class));
        } else if (type.equals(PredicateTypes.APPROVAL)) {
            return of(say(statement, Approval.class));
        } else if (type.equals(PredicateTypes.CONFIGURATION)) {
            return of(say(statement, ConfigurationSet.class));
        } else if (type.equals(PredicateTypes.RELEASE)) {
            return of(say(statement, ReleaseMade.class));
        } else if (type.equals(PredicateTypes.DEPLOYMENT)) {
            return of(say(statement, Deployment.class));
        } else if (type.equals(PredicateTypes.CLAIMED_DEPLOYMENT)) {
            return of(say(statement, ClaimedDeployment.class));
        } else if (type.equals(PredicateTypes.COPY)) {
            return of(say(statement, Copy.class));
        } else if (type.equals(PredicateTypes.OBSERVATION)) {
            return of(say(statement, Observation.class));
        } else if (type.equals(PredicateTypes.MARK)) {
            return of(say(statement, Mark.class));
        }
        return new Telling("document", "of type " + type, true);
    }

    private static <T extends Predicate> T say(Statement statement, Class<T> as) {
        return statement.predicate(as, statement.predicateType());
    }

    private static Telling of(Registration says) {
        return verified(
                "commit", says.commit() + ", registered by " + says.by() + " through " + says.via() + on(says.at()));
    }

    private static Telling of(Provenance says) {
        return verified("build", "built by " + says.runDetails().builder().id());
    }

    private static Telling of(TestResult says) {
        TestResult.Counts counts = says.counts();
        String numbers = counts == null
                ? "exit code " + says.run().exitCode()
                : Count.of(counts.tests(), "test") + ", " + (counts.failed() + counts.errors()) + " failed, "
                        + counts.skipped() + " skipped";
        String bound = switch (says.binding()) {
            case BUILD -> "run inside the build";
            case FETCHED -> "run on these bytes";
            case OBSERVED -> "run against a target that the agent saw run these bytes before and after";
            case CLAIMED -> "nothing ties the run to these bytes";
        };
        return new Telling(
                "test " + says.suite(),
                says.result() + ": " + numbers + "; " + bound,
                says.binding() == TestResult.Binding.CLAIMED);
    }

    private static Telling of(VerificationSummary says) {
        Matcher place = PLACE.matcher(says.resourceUri());
        String environment = place.matches() ? place.group(1) : says.resourceUri();
        List<VerificationSummary.GateLine> gates = says.gates() == null ? List.of() : says.gates();
        if (says.verificationResult() == VerificationSummary.Result.PASSED) {
            return verified(
                    environment, "approved: " + Count.of(gates.size(), "gate") + " passed" + on(says.timeVerified()));
        }
        String why = gates.stream()
                .filter(g -> !g.outcome().equals("passed"))
                .map(VerificationSummary.GateLine::sentence)
                .findFirst()
                .orElse("a gate said no");
        return verified(environment, "refused: " + open(why) + on(says.timeVerified()));
    }

    private static Telling of(Approval says) {
        String verb = says.decision() == Approval.Decision.APPROVED ? "approved" : "rejected";
        String reason = says.reason() == null ? "" : ": " + says.reason();
        return new Telling(says.by().toString(), verb + reason + on(says.at()), says.claimed());
    }

    private static Telling of(ConfigurationSet says) {
        return verified(
                "version " + says.version(),
                Count.of(says.entries().size(), "key") + ", set by " + says.by() + on(says.at()));
    }

    private static Telling of(ReleaseMade says) {
        String why = says.why() == null ? "" : ": " + says.why();
        return verified(
                says.slot().environment().toString(),
                "released as " + says.slot() + "#" + says.number() + " by " + says.by() + why + on(says.at()));
    }

    private static Telling of(Deployment says) {
        String where = " " + says.agent() + " " + says.target();
        String text = switch (says.outcome()) {
            case SUCCEEDED -> "deployed on" + where;
            case FAILED -> "failed on" + where + " before the switch: " + says.detail();
            case RETURNED -> "returned on" + where + " to the release before: " + says.detail();
            case DOWN -> "down on" + where + ": " + says.detail();
        };
        return verified(says.release().slot().environment().toString(), open(text) + on(says.finishedAt()));
    }

    private static Telling of(ClaimedDeployment says) {
        String tool = says.tool() == null ? "another tool" : says.tool();
        return new Telling(
                says.slot().environment().toString(),
                "deployed by " + tool + ", as " + says.by() + " says" + on(says.at()),
                true);
    }

    private static Telling of(Copy says) {
        String tag = says.reference() == null ? "" : ":" + says.reference();
        return new Telling(
                "copy", "copied from " + says.from() + tag + ", as " + says.by() + " says" + on(says.at()), true);
    }

    private static Telling of(Observation says) {
        return verified(says.slot().environment().toString(), seen(says) + on(says.at()));
    }

    static String seen(Observation says) {
        return "observed " + says.state().name().toLowerCase(Locale.ROOT) + " on " + says.agent() + " " + says.target();
    }

    private static Telling of(Mark says) {
        String where = says.slot() == null ? "" : " for " + says.slot();
        String end = says.ended() ? " ended" : "";
        return verified(
                says.kind().name().toLowerCase(Locale.ROOT) + end,
                says.reason() + " (" + says.by() + where + on(says.at()) + ")");
    }

    private static Telling verified(String label, String text) {
        return new Telling(label, text, false);
    }

    /** A sentence that goes on behind its end. */
    private static String open(String sentence) {
        return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
    }

    private static String on(Instant at) {
        return ", " + at(at);
    }

    static String at(Instant at) {
        return TIME.format(at);
    }
}
