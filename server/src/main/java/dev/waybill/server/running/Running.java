package dev.waybill.server.running;

import dev.waybill.api.insight.RunningView;
import dev.waybill.api.insight.Shown;
import dev.waybill.api.insight.TargetView;
import dev.waybill.api.promotion.MarkView;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.ReleaseId;
import dev.waybill.core.name.Slot;
import dev.waybill.core.predicate.ClaimedDeployment;
import dev.waybill.core.predicate.Deployment;
import dev.waybill.core.predicate.Observation;
import dev.waybill.core.text.Count;
import dev.waybill.server.agent.Silence;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Puts one slot's three things beside each other and says in a word and a sentence whether they agree.
 *
 * @param silence how long an agent may say nothing before what it saw is unknown
 */
record Running(Instant now, Duration silence, Map<Digest, Slots.Named> named, Standing standing) {
    /** A sentence names no more places where something else runs. */
    private static final int NAMED = 3;

    private static final Set<String> FAILURES = Set.of("failed", "returned", "down");

    /** What is known of a slot. */
    record Known(
            Slot slot,
            SlotStore.@Nullable Newest newest,
            List<SlotStore.Target> targets,
            @Nullable Claim claim) {}

    /** What somebody says that another tool deployed last. */
    record Claim(Digest artifact, ClaimedDeployment says) {}

    RunningView view(Known known) {
        SlotStore.Newest newest = known.newest();
        Shown approved = newest == null ? null : shown(newest.approved());
        Shown commanded = newest == null || newest.commanded() == null ? null : shown(newest.commanded());
        List<TargetView> targets = known.targets().stream().map(this::target).toList();
        int agreeing = (int) targets.stream().filter(t -> agrees(t, commanded)).count();
        String state = state(known, targets, agreeing);
        Optional<MarkView> hold = standing.hold(known.slot());
        return new RunningView(
                known.slot(),
                approved,
                commanded,
                targets,
                agreeing,
                state,
                sentence(known, state, targets, agreeing) + unlogged(known) + claimed(known.claim(), targets),
                hold.isPresent(),
                hold.orElse(null),
                vetoes(known.slot(), approved, commanded, targets));
    }

    private @Nullable Shown shown(SlotStore.Made made) {
        Slots.Named name = named.get(made.says().artifact());
        return new Shown(
                made.says().artifact(),
                made.says().commit(),
                name == null ? List.of() : name.versions(),
                made.id(),
                made.says().at(),
                true,
                made.statement());
    }

    /** The label of an artifact that is not registered here is missing; then nothing known runs. */
    private TargetView target(SlotStore.Target row) {
        Observation unlogged = row.unlogged();
        Observation seen = unlogged == null ? row.observation() : unlogged;
        Instant at = later(row.heardAt(), row.observedAt());
        boolean silent =
                at == null || at.plus(Silence.after(silence, row.every())).isBefore(now);
        Digest digest = seen == null ? null : seen.artifact();
        Slots.Named name = digest == null ? null : named.get(digest);
        Shown observed = seen == null || digest == null || name == null
                ? null
                : new Shown(
                        digest,
                        name.commit(),
                        name.versions(),
                        seen.release(),
                        seen.at(),
                        unlogged == null,
                        unlogged == null ? row.statement() : null);
        return new TargetView(
                row.agent(),
                row.target(),
                silent
                        ? "unknown"
                        : seen == null ? "unknown" : seen.state().name().toLowerCase(Locale.ROOT),
                observed,
                at,
                silent ? at : null,
                seen == null ? "nothing was reported yet" : how(seen, unlogged));
    }

    /** A heartbeat is signed by its agent and stands in no ledger: who reads it must know. */
    private static String how(Observation seen, @Nullable Observation unlogged) {
        return unlogged == null
                ? seen.how()
                : "claimed by a signed heartbeat of " + unlogged.at() + ", not logged yet: " + seen.how();
    }

    private static @Nullable Instant later(@Nullable Instant a, @Nullable Instant b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        return a.isAfter(b) ? a : b;
    }

    private static boolean agrees(TargetView target, @Nullable Shown commanded) {
        Shown observed = target.observed();
        return commanded != null
                && observed != null
                && target.state().equals("running")
                && observed.artifact().equals(commanded.artifact());
    }

    private static String state(Known known, List<TargetView> targets, int agreeing) {
        SlotStore.Newest newest = known.newest();
        if (newest == null) {
            return targets.stream().allMatch(t -> t.observed() == null) ? "empty" : "drift";
        }
        if (FAILURES.contains(newest.approved().outcome())) {
            return "failed";
        }
        if (targets.isEmpty()) {
            return "unknown";
        }
        if (agreeing == targets.size() && newest.approved().equals(newest.commanded())) {
            return "agreed";
        }
        if (known.targets().stream().anyMatch(t -> !answered(t, newest.approved()))) {
            return targets.stream().anyMatch(t -> t.state().equals("unknown")) ? "unknown" : "deploying";
        }
        boolean other = targets.stream()
                .filter(t -> !t.state().equals("unknown"))
                .anyMatch(t -> !agrees(
                        t,
                        new Shown(
                                newest.approved().says().artifact(),
                                newest.approved().says().commit(),
                                List.of(),
                                null,
                                newest.approved().says().at(),
                                true,
                                null)));
        return other ? "drift" : "unknown";
    }

    /**
     * True when the target's last deployment was of this release, or left it for another without the server: what it runs
     * now is its own doing.
     */
    private static boolean answered(SlotStore.Target target, SlotStore.Made release) {
        Deployment last = target.deployed();
        if (last == null) {
            return false;
        }
        boolean left = last.offline()
                && !release.says().at().isAfter(last.finishedAt())
                && !Long.valueOf(last.release().number()).equals(release.says().rollbackTo());
        return left || release.id().equals(last.release());
    }

    private String sentence(Known known, String state, List<TargetView> targets, int agreeing) {
        SlotStore.Newest newest = known.newest();
        String release = newest == null ? "" : newest.approved().id().toString();
        String share = agreeing + " of " + Count.of(targets.size(), "target runs ", "targets run ");
        return switch (state) {
            case "empty" -> "Nothing was ever released here.";
            case "agreed" -> share + release + ", as approved and commanded.";
            case "deploying" -> release + " is on its way: " + share + "it.";
            case "failed" -> release + " failed; the slot waits for another release.";
            case "drift" ->
                newest == null
                        ? "Something runs here that was never released."
                        : share + release + "; "
                                + others(known.slot(), newest.approved().says().artifact(), targets);
            default ->
                targets.isEmpty()
                        ? release + " is approved; no agent reports from here, so what runs is unknown."
                        : share + release + " for certain; " + silent(targets) + " silent.";
        };
    }

    /** Everything of the slot's bytes that a veto forbids, once each. */
    private List<MarkView> vetoes(
            Slot slot, @Nullable Shown approved, @Nullable Shown commanded, List<TargetView> targets) {
        Stream<Shown> observed = targets.stream().map(TargetView::observed).filter(Objects::nonNull);
        Stream<Shown> decided = Stream.of(Optional.ofNullable(commanded), Optional.ofNullable(approved))
                .flatMap(Optional::stream);
        return Stream.concat(observed, decided)
                .map(Shown::artifact)
                .distinct()
                .flatMap(artifact -> standing.veto(slot, artifact).stream())
                .toList();
    }

    /** What runs instead of the release, where, and whether it is vetoed. */
    private String others(Slot slot, Digest released, List<TargetView> targets) {
        List<String> others = targets.stream()
                .filter(t -> !t.state().equals("unknown"))
                .flatMap(t -> Stream.ofNullable(t.observed())
                        .filter(o -> !o.artifact().equals(released))
                        .map(o -> what(slot, o) + " on " + t.agent() + "/" + t.target()))
                .toList();
        if (others.isEmpty()) {
            return "something else runs on the others.";
        }
        String more = others.size() > NAMED ? " and on " + (others.size() - NAMED) + " more" : "";
        return "something else runs: " + others.stream().limit(NAMED).collect(Collectors.joining(", ")) + more + ".";
    }

    private String what(Slot slot, Shown observed) {
        ReleaseId release = observed.release();
        String digest = observed.artifact().shortHex();
        String vetoed = standing.veto(slot, observed.artifact()).isPresent() ? "VETOED, " : "";
        return release == null ? vetoed + digest : release + " (" + vetoed + digest + ")";
    }

    private static String unlogged(Known known) {
        long unlogged =
                known.targets().stream().filter(t -> t.unlogged() != null).count();
        return unlogged == 0
                ? ""
                : " What " + unlogged + (unlogged == 1 ? " target says" : " targets say") + " is not logged yet.";
    }

    /** Says so until somebody has seen those bytes here. */
    private static String claimed(@Nullable Claim claim, List<TargetView> targets) {
        boolean seen = claim == null
                || targets.stream()
                        .map(TargetView::observed)
                        .anyMatch(o -> o != null && o.artifact().equals(claim.artifact()));
        if (claim == null || seen) {
            return "";
        }
        String tool = claim.says().tool();
        return " Claimed, and seen by nobody: " + (tool == null ? "another tool" : tool) + " deployed "
                + claim.artifact().shortHex() + ", says " + claim.says().by() + ".";
    }

    private static String silent(List<TargetView> targets) {
        long silent = targets.stream().filter(t -> t.state().equals("unknown")).count();
        return Count.of(silent, "is", "are");
    }
}
