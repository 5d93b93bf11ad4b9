package dev.waybill.server.running;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.api.insight.RunningView;
import dev.waybill.api.insight.TargetView;
import dev.waybill.api.promotion.MarkView;
import dev.waybill.core.name.ActorName;
import dev.waybill.core.name.AgentName;
import dev.waybill.core.name.CommitId;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.ReleaseId;
import dev.waybill.core.name.Slot;
import dev.waybill.core.predicate.Deployment;
import dev.waybill.core.predicate.Mark;
import dev.waybill.core.predicate.Observation;
import dev.waybill.core.predicate.ReleaseMade;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What silence does to an answer; the clock is a value here. */
class RunningTest {
    private static final Slot SLOT = Slot.parse("production/shop");
    private static final Instant SEEN = Instant.parse("2026-11-20T14:02:00Z");
    private static final Duration SILENCE = Duration.ofSeconds(15);
    private static final CommitId COMMIT = new CommitId("0123456789abcdef0123456789abcdef01234567");
    private static final Digest ARTIFACT = Digest.sha256("shop".getBytes(StandardCharsets.UTF_8));

    private static RunningView view(Instant now, SlotStore.Target... targets) {
        return view(now, new Standing(List.of()), targets);
    }

    private static RunningView view(Instant now, Standing standing, SlotStore.Target... targets) {
        SlotStore.Made made = new SlotStore.Made(
                Digest.sha256(new byte[] {1}),
                new ReleaseMade(
                        SLOT,
                        1,
                        null,
                        ARTIFACT,
                        COMMIT,
                        0,
                        null,
                        ReleaseMade.Cause.PROMOTION,
                        Digest.sha256(new byte[] {2}),
                        null,
                        null,
                        new ActorName("release-manager"),
                        SEEN),
                "succeeded");
        Running running = new Running(now, SILENCE, Map.of(ARTIFACT, new Slots.Named(COMMIT, List.of())), standing);
        return running.view(new Running.Known(SLOT, new SlotStore.Newest(made, made), Arrays.asList(targets), null));
    }

    private static SlotStore.Target target(String host, @Nullable Instant heardAt) {
        AgentName agent = new AgentName(host);
        ReleaseId release = new ReleaseId(SLOT, 1);
        Observation seen = new Observation(
                agent,
                "front",
                1,
                null,
                SLOT,
                Observation.State.RUNNING,
                ARTIFACT,
                release,
                "hashed the files",
                null,
                List.of(),
                SEEN,
                null);
        return new SlotStore.Target(
                agent,
                "front",
                SLOT,
                heardAt,
                seen,
                Digest.sha256(new byte[] {3}),
                SEEN,
                deployed(agent, release, false),
                Duration.ZERO,
                null);
    }

    private static Deployment deployed(AgentName agent, ReleaseId release, boolean offline) {
        return new Deployment(
                agent,
                "front",
                1,
                null,
                release,
                Deployment.Outcome.SUCCEEDED,
                release,
                offline,
                null,
                null,
                SEEN,
                SEEN,
                "Healthy.",
                null);
    }

    @Test
    void what_nobody_confirmed_in_time_is_unknown_since_the_last_word() {
        Instant heard = SEEN.plusSeconds(600);

        RunningView view = view(heard.plus(SILENCE).plusMillis(1), target("host-1", heard));

        TargetView target = view.targets().getFirst();
        assertThat(target.state()).isEqualTo("unknown");
        assertThat(target.unknownSince()).isEqualTo(heard);
        assertThat(target.observed()).isNotNull();
        assertThat(view.state()).isEqualTo("unknown");
        assertThat(view.agreeing()).isZero();
        assertThat(view.sentence()).isEqualTo("0 of 1 target runs production/shop#1 for certain; 1 is silent.");
    }

    @Test
    void a_heartbeat_keeps_an_old_observation_fresh_up_to_the_last_moment() {
        Instant heard = SEEN.plusSeconds(600);

        RunningView view = view(heard.plus(SILENCE), target("host-1", heard));

        assertThat(view.targets().getFirst().unknownSince()).isNull();
        assertThat(view.targets().getFirst().observedAt()).isEqualTo(heard);
        assertThat(view.state()).isEqualTo("agreed");
    }

    @Test
    void a_veto_for_another_slot_says_nothing_here() {
        RunningView view = view(SEEN, new Standing(List.of(veto(Slot.parse("staging/shop")))), target("host-1", SEEN));

        assertThat(view.vetoes()).isEmpty();
        assertThat(view(SEEN, new Standing(List.of(veto(null))), target("host-1", SEEN))
                        .vetoedAndRunning())
                .hasSize(1);
    }

    private static MarkView veto(@Nullable Slot slot) {
        return new MarkView(
                Mark.Kind.VETO,
                SLOT.application(),
                slot,
                ARTIFACT,
                "It loses orders.",
                new ActorName("release-manager"),
                SEEN,
                Digest.sha256(new byte[] {4}));
    }

    @Test
    void an_agent_that_says_that_it_speaks_rarely_is_silent_after_two_of_its_heartbeats() {
        Instant heard = SEEN.plusSeconds(600);
        SlotStore.Target rare = saying(target("host-1", heard), Duration.ofSeconds(20), null);

        assertThat(view(heard.plusSeconds(40), rare).targets().getFirst().unknownSince())
                .isNull();
        assertThat(view(heard.plusSeconds(41), rare).targets().getFirst().unknownSince())
                .isEqualTo(heard);
    }

    @Test
    void what_an_agent_says_of_its_own_pace_counts_up_to_a_minute() {
        Instant heard = SEEN.plusSeconds(600);
        SlotStore.Target sleepy = saying(target("host-1", heard), Duration.ofDays(1), null);

        assertThat(view(heard.plusSeconds(121), sleepy).targets().getFirst().unknownSince())
                .isEqualTo(heard);
    }

    @Test
    void a_heartbeat_that_says_something_else_is_shown_instead_as_not_logged_yet() {
        Instant heard = SEEN.plusSeconds(5);
        SlotStore.Target as = target("host-1", heard);
        Observation stopped = new Observation(
                as.agent(),
                "front",
                1,
                null,
                SLOT,
                Observation.State.STOPPED,
                null,
                null,
                "no process works there",
                null,
                List.of(),
                heard,
                null);

        RunningView view = view(heard, saying(as, Duration.ZERO, stopped));

        TargetView target = view.targets().getFirst();
        assertThat(target.state()).isEqualTo("stopped");
        assertThat(target.observed()).isNull();
        assertThat(target.how())
                .isEqualTo("claimed by a signed heartbeat of " + heard + ", not logged yet: no process works there");
        assertThat(view.state()).isEqualTo("drift");
        assertThat(view.sentence()).endsWith("What 1 target says is not logged yet.");
    }

    @Test
    void the_same_bytes_in_a_process_that_is_not_logged_yet_are_shown_without_a_proof() {
        SlotStore.Target as = target("host-1", SEEN);

        RunningView view = view(SEEN, saying(as, Duration.ZERO, as.observation()));

        TargetView target = view.targets().getFirst();
        assertThat(target.observed()).isNotNull().satisfies(shown -> {
            assertThat(shown.verified()).isFalse();
            assertThat(shown.statement()).isNull();
        });
    }

    private static SlotStore.Target saying(SlotStore.Target as, Duration every, @Nullable Observation unlogged) {
        return new SlotStore.Target(
                as.agent(),
                as.target(),
                as.slot(),
                as.heardAt(),
                as.observation(),
                as.statement(),
                as.observedAt(),
                as.deployed(),
                every,
                unlogged);
    }

    @Test
    void an_observation_without_any_heartbeat_counts_from_its_own_time() {
        RunningView view = view(SEEN.plusSeconds(16), target("host-1", null));

        assertThat(view.targets().getFirst().unknownSince()).isEqualTo(SEEN);
    }

    @Test
    void one_silent_target_of_two_leaves_the_slot_unknown_and_counts_only_the_other() {
        Instant now = SEEN.plusSeconds(100);

        RunningView view = view(now, target("host-1", now), target("host-2", null));

        assertThat(view.state()).isEqualTo("unknown");
        assertThat(view.agreeing()).isEqualTo(1);
    }

    @Test
    void a_host_that_went_back_alone_and_is_not_followed_drifts() {
        SlotStore.Target as = target("b", SEEN);
        Observation seen = java.util.Objects.requireNonNull(as.observation());
        Observation other = new Observation(
                seen.agent(),
                seen.target(),
                2,
                null,
                SLOT,
                Observation.State.RUNNING,
                Digest.sha256(new byte[] {9}),
                new ReleaseId(SLOT, 9),
                "hashed the files",
                null,
                List.of(),
                SEEN,
                null);
        SlotStore.Target back = new SlotStore.Target(
                as.agent(),
                "front",
                SLOT,
                SEEN,
                other,
                Digest.sha256(new byte[] {4}),
                SEEN,
                deployed(as.agent(), new ReleaseId(SLOT, 9), true),
                Duration.ZERO,
                null);

        assertThat(view(SEEN, back).state()).isEqualTo("drift");
    }
}
