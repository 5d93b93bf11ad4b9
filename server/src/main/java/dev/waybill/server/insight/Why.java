package dev.waybill.server.insight;

import dev.waybill.api.insight.Fact;
import dev.waybill.api.insight.RunningView;
import dev.waybill.api.insight.Shown;
import dev.waybill.api.insight.TargetView;
import dev.waybill.api.insight.WhyView;
import dev.waybill.api.promotion.MarkView;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.Slot;
import dev.waybill.core.predicate.Approval;
import dev.waybill.core.predicate.Deployment;
import dev.waybill.core.predicate.ReleaseMade;
import dev.waybill.core.predicate.TestResult;
import dev.waybill.core.predicate.VerificationSummary;
import dev.waybill.core.statement.PredicateTypes;
import dev.waybill.core.statement.Statement;
import dev.waybill.core.text.Count;
import dev.waybill.server.db.Tx;
import dev.waybill.server.ledger.Entry;
import dev.waybill.server.ledger.Ledger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Walks from what is observed back to the commit. */
final class Why {
    private final Ledger ledger;

    Why(Ledger ledger) {
        this.ledger = ledger;
    }

    WhyView view(Tx tx, RunningView running) {
        Digest artifact = artifact(running);
        Slot slot = running.slot();
        if (artifact == null) {
            return new WhyView(
                    slot, null, false, running.sentence(), contradictions(running), running.hold(), List.of());
        }
        return new Walk(new Ink(ledger, tx), tx, slot, artifact).view(running);
    }

    /** What most targets are seen to run; what is approved where nobody sees. */
    private static @Nullable Digest artifact(RunningView running) {
        Optional<Digest> observed = running.targets().stream()
                .map(TargetView::observed)
                .filter(Objects::nonNull)
                .collect(Collectors.groupingBy(Shown::artifact, Collectors.counting()))
                .entrySet()
                .stream()
                .max(Comparator.comparingLong(e -> e.getValue()))
                .map(e -> e.getKey());
        Shown approved = running.approved();
        return observed.orElse(approved == null ? null : approved.artifact());
    }

    /** What runs is not what was commanded, or nobody may bring it here again. */
    private static List<String> contradictions(RunningView running) {
        List<String> against = new ArrayList<>();
        if (running.state().equals("drift")) {
            against.add("Drift: " + running.sentence());
        }
        for (MarkView veto : running.vetoedAndRunning()) {
            Digest artifact = Objects.requireNonNull(veto.artifact());
            against.add("VETOED: " + artifact.shortHex() + " runs in " + running.slot() + ", and " + veto.by()
                    + " vetoed it: " + veto.reason());
        }
        return against;
    }

    private final class Walk {
        private final Ink ink;
        private final Tx tx;
        private final Slot slot;
        private final Digest artifact;
        private final List<WhyView.Step> steps = new ArrayList<>();

        Walk(Ink ink, Tx tx, Slot slot, Digest artifact) {
            this.ink = ink;
            this.tx = tx;
            this.slot = slot;
            this.artifact = artifact;
        }

        WhyView view(RunningView running) {
            Optional<Entry> release = last(
                    PredicateTypes.RELEASE,
                    s -> say(s, ReleaseMade.class).slot().equals(slot));
            Optional<ReleaseMade> made = release.map(e -> say(e.statement(), ReleaseMade.class));
            Optional<Entry> summary = made.flatMap(m -> ledger.find(tx, m.summary()));
            step("observed", observed(running));
            step("deployment", deployments(made));
            step("release", release.map(ink::line).stream().toList());
            step("approvals", approvals(made.map(this::approved).map(ReleaseMade::summary)));
            step(
                    "configuration",
                    made.map(ReleaseMade::configuration).flatMap(ink::line).stream()
                            .toList());
            step("summary", summary.map(ink::line).stream().toList());
            step("tests", tests());
            step("provenance", all(PredicateTypes.PROVENANCE, s -> true));
            step("commit", all(PredicateTypes.REGISTRATION, s -> true));
            boolean proven = proven(running, release, summary);
            return new WhyView(
                    slot,
                    artifact,
                    proven,
                    sentence(running, made, proven),
                    contradictions(running),
                    running.hold(),
                    steps);
        }

        private void step(String name, List<Fact> facts) {
            steps.add(new WhyView.Step(name, facts));
        }

        private List<Fact> observed(RunningView running) {
            List<Fact> facts = new ArrayList<>();
            for (TargetView target : running.targets()) {
                Shown seen = target.observed();
                Digest statement = seen == null ? null : seen.statement();
                String place = target.agent() + " " + target.target();
                boolean logged = seen == null || seen.verified();
                String text = seen == null
                        ? "nothing known runs"
                        : "runs " + seen.artifact().shortHex() + heard(target)
                                + (logged ? "" : ", says a signed heartbeat that is not logged yet");
                Optional<Entry> entry = statement == null ? Optional.empty() : ledger.find(tx, statement);
                boolean silent = target.unknownSince() != null;
                facts.add(entry.map(e -> ink.line(e, new Telling(place, text, silent)))
                        .orElse(new Fact(place, text, false, null, null, null)));
            }
            return facts;
        }

        private static String heard(TargetView target) {
            Instant silence = target.unknownSince();
            if (silence != null) {
                return ", unknown since " + Telling.at(silence);
            }
            Instant last = target.observedAt();
            return last == null ? "" : ", last confirmed " + Telling.at(last);
        }

        private List<Fact> deployments(Optional<ReleaseMade> made) {
            return made.map(m -> all(PredicateTypes.DEPLOYMENT, s -> {
                        Deployment says = say(s, Deployment.class);
                        return says.release().slot().equals(slot)
                                && says.release().number() == m.number();
                    }))
                    .orElse(List.of());
        }

        /** A rollback needs no approval of its own: it rests on those of the release that it brings back, however often. */
        private ReleaseMade approved(ReleaseMade made) {
            ReleaseMade at = made;
            Optional<ReleaseMade> earlier = broughtBack(at);
            while (earlier.isPresent()) {
                at = earlier.get();
                earlier = broughtBack(at);
            }
            return at;
        }

        /** Always an earlier number, so that following it ends. */
        private Optional<ReleaseMade> broughtBack(ReleaseMade made) {
            Long to = made.rollbackTo();
            if (to == null || to >= made.number()) {
                return Optional.empty();
            }
            return last(PredicateTypes.RELEASE, s -> {
                        ReleaseMade says = say(s, ReleaseMade.class);
                        return says.slot().equals(slot) && says.number() == to;
                    })
                    .map(e -> say(e.statement(), ReleaseMade.class));
        }

        private List<Fact> approvals(Optional<Digest> summary) {
            String promotion = summary.flatMap(id -> ledger.find(tx, id))
                    .map(e -> say(e.statement(), VerificationSummary.class))
                    .map(VerificationSummary::promotion)
                    .orElse(null);
            return all(
                    PredicateTypes.APPROVAL,
                    s -> say(s, Approval.class).promotion().equals(promotion));
        }

        private List<Fact> tests() {
            return all(PredicateTypes.TEST_RESULT, s -> true);
        }

        private Optional<Entry> last(String type, Predicate<Statement> wanted) {
            return ink.about(artifact, type).stream()
                    .filter(e -> wanted.test(e.statement()))
                    .reduce((a, b) -> b);
        }

        private List<Fact> all(String type, Predicate<Statement> wanted) {
            return ink.about(artifact, type).stream()
                    .filter(e -> wanted.test(e.statement()))
                    .map(ink::line)
                    .toList();
        }

        /** Every target is seen to run it now, a counting release and a passed decision brought it, its commit is registered. */
        private boolean proven(RunningView running, Optional<Entry> release, Optional<Entry> summary) {
            boolean seen =
                    !running.targets().isEmpty() && running.targets().stream().allMatch(this::runs);
            boolean decided = summary.filter(ink::counts)
                    .map(e -> say(e.statement(), VerificationSummary.class))
                    .filter(s -> s.verificationResult() == VerificationSummary.Result.PASSED)
                    .filter(s -> s.resourceUri()
                            .equals(VerificationSummary.resourceUri(
                                    ledger.keys().origin(), slot)))
                    .isPresent();
            boolean registered =
                    ink.about(artifact, PredicateTypes.REGISTRATION).stream().anyMatch(ink::counts);
            return seen && release.filter(ink::counts).isPresent() && decided && registered;
        }

        private boolean runs(TargetView target) {
            Shown observed = target.observed();
            return observed != null
                    && observed.verified()
                    && target.state().equals("running")
                    && observed.artifact().equals(artifact);
        }

        private String sentence(RunningView running, Optional<ReleaseMade> made, boolean proven) {
            long targets = running.targets().stream().filter(this::runs).count();
            String seen = running.targets().isEmpty()
                    ? "Nobody reports what runs in " + slot + "; " + artifact.shortHex() + " is approved"
                    : targets + " of " + Count.of(running.targets().size(), "target of", "targets of") + " " + slot
                            + (running.targets().size() == 1 ? " runs " : " run ") + artifact.shortHex();
            String release = made.map(m -> ", release " + m.number() + " by " + m.by())
                    .orElse(", which no release brought here");
            String suites = names(PredicateTypes.TEST_RESULT, s -> {
                TestResult test = say(s, TestResult.class);
                return test.result() == TestResult.Result.PASSED && test.binding() != TestResult.Binding.CLAIMED
                        ? test.suite()
                        : "";
            });
            String tested = suites.isEmpty() ? ", not tested on these bytes" : ", tested on these bytes by " + suites;
            String commit = made.map(
                            m -> ", built from commit " + m.commit().value().substring(0, 10))
                    .orElse("");
            return seen + release + tested + commit + (proven ? "." : ". Not everything of this is proven.");
        }

        private String names(String type, Function<Statement, String> name) {
            return ink.about(artifact, type).stream()
                    .map(e -> name.apply(e.statement()))
                    .filter(n -> !n.isEmpty())
                    .distinct()
                    .collect(Collectors.joining(", "));
        }
    }

    private static <T extends dev.waybill.core.statement.Predicate> T say(Statement statement, Class<T> as) {
        return statement.predicate(as, statement.predicateType());
    }
}
