package dev.waybill.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.agent.directory.Bench;
import dev.waybill.api.promotion.ConfigurationValue;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.ReleaseId;
import dev.waybill.core.name.Slot;
import dev.waybill.core.predicate.Deployment;
import dev.waybill.core.predicate.Observation;
import dev.waybill.core.predicate.ReleaseMade;
import dev.waybill.core.predicate.VerificationSummary.Result;
import dev.waybill.core.statement.PredicateTypes;
import dev.waybill.core.statement.Signed;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The agent as its host runs it, against a server that can lie. */
final class AgentTest {
    private static final Slot PRODUCTION = Slot.parse("production/shop");
    private static final Slot STAGING = Slot.parse("staging/shop");

    @TempDir
    Path temporary;

    Bench bench = new Bench(Path.of("/nowhere"));
    ServerFake server = fake();
    ByteArrayOutputStream said = new ByteArrayOutputStream();

    private static ServerFake fake() {
        try {
            return new ServerFake();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @BeforeEach
    void enrol() throws IOException {
        bench = new Bench(temporary);
        Files.writeString(config(), """
                server: %s
                name: host-1
                directory: state
                heartbeat: 1s
                targets:
                  - {slot: production/shop, root: shop, name: front, keep: 3}
                """.formatted(server.url()));
        server.configure(PRODUCTION, configuration());
        assertThat(run("enrol", "--token", "once"))
                .as(said.toString(StandardCharsets.UTF_8))
                .isZero();
    }

    @AfterEach
    void close() throws IOException {
        server.close();
        bench.close();
    }

    private Path config() {
        return temporary.resolve("agent.yaml");
    }

    private int run(String... words) {
        List<String> arguments = new java.util.ArrayList<>(List.of(words));
        arguments.addAll(List.of("--config", config().toString()));
        PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
        return Main.run(arguments, out, out);
    }

    private Map<String, ConfigurationValue> configuration() {
        return Map.of("OUT", Bench.value(bench.out.toString()), "COLOUR", Bench.value("green"));
    }

    private static ReleaseId release(long number) {
        return new ReleaseId(PRODUCTION, number);
    }

    private void promote(long number, String script) {
        server.promote(release(number), server.artifact(PRODUCTION, script), configuration());
    }

    private List<Deployment> deployments() {
        return server.reported.stream()
                .filter(s -> s.predicateType().equals(PredicateTypes.DEPLOYMENT))
                .map(s -> s.predicate(Deployment.class, PredicateTypes.DEPLOYMENT))
                .toList();
    }

    private List<Observation> observations() {
        return server.reported.stream()
                .filter(s -> s.predicateType().equals(PredicateTypes.OBSERVATION))
                .map(s -> s.predicate(Observation.class, PredicateTypes.OBSERVATION))
                .toList();
    }

    private static void await(String what, Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + 20_000_000_000L;
        while (!condition.call()) {
            assertThat(System.nanoTime()).as("waited too long for: " + what).isLessThan(end);
            Thread.sleep(20);
        }
    }

    @Test
    void what_is_approved_is_fetched_started_reported_and_observed() throws Exception {
        promote(1, Bench.GOOD);

        try (AutoCloseable _ = Main.start(config())) {
            await(
                    "a running observation",
                    () -> !deployments().isEmpty()
                            && observations().stream().anyMatch(o -> o.state() == Observation.State.RUNNING));
        }

        List<String> order =
                server.reported.stream().map(r -> r.predicateType()).toList();
        int told = order.indexOf(PredicateTypes.DEPLOYMENT);
        assertThat(server.reported
                        .get(told - 1)
                        .predicate(Observation.class, PredicateTypes.OBSERVATION)
                        .state())
                .as("whoever waits for the deployment finds it observed already")
                .isEqualTo(Observation.State.RUNNING);
        Deployment deployment = deployments().getFirst();
        assertThat(deployment.outcome()).as(deployment.detail()).isEqualTo(Deployment.Outcome.SUCCEEDED);
        assertThat(deployment.number()).isEqualTo(1);
        assertThat(deployment.target()).isEqualTo("front");
        assertThat(deployment.checkpoint()).isNotNull();
        assertThat(observations().getLast().release()).isEqualTo(release(1));
        assertThat(bench.said()).isEqualTo("production/shop#1 green");
        assertThat(bench.alive()).as("the release outlives the agent").isTrue();
    }

    @Test
    void another_agent_process_takes_over_what_runs_without_restarting_it() throws Exception {
        promote(1, Bench.GOOD);
        try (AutoCloseable _ = Main.start(config())) {
            await("the deployment", () -> !deployments().isEmpty());
        }
        long pid = bench.started().pid();

        try (AutoCloseable _ = Main.start(config())) {
            promote(2, Bench.BROKEN);
            await("the second deployment", () -> deployments().size() == 2);
        }

        assertThat(deployments().get(1).outcome()).isEqualTo(Deployment.Outcome.RETURNED);
        assertThat(deployments().get(1).previous()).isNotNull();
        assertThat(bench.started().pid()).isNotEqualTo(pid);
        assertThat(bench.said()).isEqualTo("production/shop#1 green");
    }

    @Test
    void what_is_lost_is_seen_as_stopped_and_started_again_without_a_deployment() throws Exception {
        promote(1, Bench.GOOD);
        try (AutoCloseable _ = Main.start(config())) {
            await("the first observation", () -> !observations().isEmpty());
            await("it runs", () -> observations().getLast().state() == Observation.State.RUNNING);
            int before = observations().size();
            long pid = bench.started().pid();

            ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);

            await("it runs again", () -> observations().size() >= before + 2);
            assertThat(observations().get(before).state()).isEqualTo(Observation.State.STOPPED);
            Observation again = observations().get(before + 1);
            assertThat(again.state()).as(again.how()).isEqualTo(Observation.State.RUNNING);
            assertThat(again.release()).isEqualTo(release(1));
            assertThat(again.process()).isNotNull();
            assertThat(bench.started().pid()).isNotEqualTo(pid);
        }
        assertThat(deployments()).hasSize(1);
        assertThat(bench.settled()).containsExactly(bench.started().pid());
    }

    @Test
    void what_was_lost_while_no_agent_ran_is_started_again_without_a_server() throws Exception {
        promote(1, Bench.GOOD);
        try (AutoCloseable _ = Main.start(config())) {
            await("the deployment", () -> !deployments().isEmpty());
        }
        long pid = bench.started().pid();
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
        server.close();

        try (AutoCloseable _ = Main.start(config())) {
            await("it runs again", () -> bench.started().pid() != pid && bench.alive());
            await("it is healthy", () -> bench.driver().lost().isEmpty());
        }
        assertThat(bench.settled()).containsExactly(bench.started().pid());
    }

    @Test
    void a_verdict_for_staging_is_refused_in_production() throws Exception {
        Digest artifact = server.artifact(PRODUCTION, Bench.GOOD);
        Signed staging = server.summary(STAGING, artifact, Result.PASSED);
        Signed release = server.release(release(1), artifact, staging, ReleaseMade.Cause.PROMOTION, null);
        server.command(release(1), artifact, release, staging, configuration());

        expectRefusal("SCOPE_MISMATCH");
    }

    @Test
    void a_failed_verdict_is_refused() throws Exception {
        Digest artifact = server.artifact(PRODUCTION, Bench.GOOD);
        Signed failed = server.summary(PRODUCTION, artifact, Result.FAILED);
        Signed release = server.release(release(1), artifact, failed, ReleaseMade.Cause.PROMOTION, null);
        server.command(release(1), artifact, release, failed, configuration());

        expectRefusal("VERDICT_FAILED");
    }

    @Test
    void an_agent_that_was_away_follows_the_chain_to_the_newest_release() throws Exception {
        first();
        promote(2, Bench.GOOD + "# two\n");
        promote(3, Bench.GOOD + "# three\n");
        promote(4, Bench.GOOD + "# four\n");

        assertThat(second().outcome()).isEqualTo(Deployment.Outcome.SUCCEEDED);
        assertThat(deployments().getLast().release()).isEqualTo(release(4));
    }

    @Test
    void a_gap_in_the_chain_of_releases_is_refused() throws Exception {
        first();
        promote(2, Bench.GOOD + "# two\n");
        promote(3, Bench.GOOD + "# three\n");
        server.chain.remove(release(2));

        assertThat(second().detail()).startsWith("RELEASE_CHAIN_BROKEN:").contains("production/shop#2 lies before #3");
        assertThat(bench.said()).isEqualTo("production/shop#1 green");
    }

    @Test
    void a_release_that_fills_a_gap_must_be_the_one_of_that_number() throws Exception {
        first();
        promote(2, Bench.GOOD + "# two\n");
        promote(3, Bench.GOOD + "# three\n");
        server.chain.put(release(2), server.chain.get(release(1)));

        assertThat(second().detail()).startsWith("RELEASE_CHAIN_BROKEN:").contains("#1 does not follow");
    }

    private void first() throws Exception {
        promote(1, Bench.GOOD);
        try (AutoCloseable _ = Main.start(config())) {
            await("the deployment", () -> !deployments().isEmpty());
        }
    }

    private Deployment second() throws Exception {
        try (AutoCloseable _ = Main.start(config())) {
            await("the second deployment", () -> deployments().size() == 2);
        }
        return deployments().getLast();
    }

    @Test
    void a_verdict_about_other_bytes_is_refused() throws Exception {
        Digest approved = server.artifact(PRODUCTION, Bench.GOOD);
        Digest other = server.artifact(PRODUCTION, Bench.GOOD + "# evil\n");
        Signed summary = server.summary(PRODUCTION, approved, Result.PASSED);
        Signed release = server.release(release(1), other, summary, ReleaseMade.Cause.PROMOTION, null);
        server.command(release(1), other, release, summary, configuration());

        expectRefusal("SUBJECT_MISMATCH");
    }

    @Test
    void other_bytes_from_the_registry_are_refused() throws Exception {
        promote(1, Bench.GOOD);
        server.lieAbout(PRODUCTION, Bench.GOOD);

        expectRefusal("CONTENT_MISMATCH");
        assertThat(temporary.resolve("state/content/incoming")).isEmptyDirectory();
    }

    private void expectRefusal(String code) throws Exception {
        try (AutoCloseable _ = Main.start(config())) {
            await("a refusal", () -> !deployments().isEmpty());
        }
        assertThat(deployments()).hasSize(1);
        assertThat(deployments().getFirst().outcome()).isEqualTo(Deployment.Outcome.FAILED);
        assertThat(deployments().getFirst().detail()).startsWith(code + ":");
        assertThat(bench.processes()).isEmpty();
    }

    @Test
    void settings_that_nobody_committed_to_are_refused_before_anything_is_touched() throws Exception {
        Digest artifact = server.artifact(PRODUCTION, Bench.GOOD);
        Signed summary = server.summary(PRODUCTION, artifact, Result.PASSED);
        Signed release = server.release(release(1), artifact, summary, ReleaseMade.Cause.PROMOTION, null);
        Map<String, ConfigurationValue> other =
                Map.of("OUT", Bench.value(bench.out.toString()), "COLOUR", Bench.value("red"));
        server.command(release(1), artifact, release, summary, other);

        expectRefusal("CONFIGURATION_MISMATCH");
    }

    @Test
    void a_setting_that_was_added_or_left_out_on_the_way_is_refused() throws Exception {
        Digest artifact = server.artifact(PRODUCTION, Bench.GOOD);
        Signed summary = server.summary(PRODUCTION, artifact, Result.PASSED);
        Signed release = server.release(release(1), artifact, summary, ReleaseMade.Cause.PROMOTION, null);
        server.command(
                release(1),
                artifact,
                release,
                summary,
                Map.of(
                        "OUT",
                        Bench.value(bench.out.toString()),
                        "COLOUR",
                        Bench.value("green"),
                        "LD_PRELOAD",
                        Bench.value("x")));

        expectRefusal("CONFIGURATION_MISMATCH");
    }

    @Test
    void a_ledger_that_was_rewritten_is_not_believed() throws Exception {
        promote(1, Bench.GOOD);
        try (AutoCloseable _ = Main.start(config())) {
            await("the deployment", () -> !deployments().isEmpty());
        }
        server.rewriteFrom(1);
        promote(2, Bench.GOOD + "# two\n");
        promote(2, Bench.GOOD + "# two again\n");

        try (AutoCloseable _ = Main.start(config())) {
            await("a refusal", () -> deployments().size() == 2);
        }

        assertThat(deployments().get(1).outcome()).isEqualTo(Deployment.Outcome.FAILED);
        assertThat(bench.said()).isEqualTo("production/shop#1 green");
    }

    @Test
    void a_ledger_that_shrank_between_two_polls_gives_no_orders_and_what_runs_is_still_said() throws Exception {
        promote(1, Bench.GOOD);
        try (AutoCloseable _ = Main.start(config())) {
            await("the deployment", () -> deployments().size() == 1);
            server.rewriteFrom(1);
            server.heartbeats.set(0);

            await(
                    "the refused checkpoint",
                    () -> Files.exists(temporary.resolve("state").resolve("refused-checkpoint")));
            await("heartbeats that go on", () -> server.heartbeats.get() >= 3);
            promote(2, Bench.GOOD + "# another one\n");
            await("a refusal", () -> deployments().size() == 2);
        }

        assertThat(deployments().get(1).outcome()).isEqualTo(Deployment.Outcome.FAILED);
        assertThat(bench.said()).isEqualTo("production/shop#1 green");
    }

    @Test
    void a_question_about_a_slot_that_the_file_does_not_name_stops_nothing() throws Exception {
        server.curious.add(STAGING);
        promote(1, Bench.GOOD);

        try (AutoCloseable _ = Main.start(config())) {
            await("the deployment", () -> deployments().size() == 1);
        }

        assertThat(deployments().getFirst().outcome()).isEqualTo(Deployment.Outcome.SUCCEEDED);
    }

    @Test
    void the_agent_says_how_often_it_says_that_it_lives() throws Exception {
        try (AutoCloseable _ = Main.start(config())) {
            await("a heartbeat", () -> server.heartbeats.get() > 0);
        }

        assertThat(server.everySeconds).hasValue(1);
    }

    @Test
    void going_back_needs_no_server_and_is_told_to_it_later() throws Exception {
        promote(1, Bench.GOOD);
        try (AutoCloseable _ = Main.start(config())) {
            await("the first", () -> deployments().size() == 1);
            promote(2, Bench.GOOD + "# two\n");
            await("the second", () -> deployments().size() == 2);
        }
        server.close();

        int exit = run("rollback", "production/shop", "--why", "it burns", "--as", "fourth");

        assertThat(exit).as(said.toString(StandardCharsets.UTF_8)).isZero();
        assertThat(bench.said()).isEqualTo("production/shop#1 green");
        String queued = Files.readString(temporary.resolve("state/targets/production+shop.json"));
        assertThat(queued).contains("\"queue\":[{");
    }

    @Test
    void a_rollback_that_was_interrupted_is_finished_and_not_done_twice_when_asked_for_again() throws Exception {
        promote(1, Bench.GOOD);
        try (AutoCloseable _ = Main.start(config())) {
            await("the first", () -> deployments().size() == 1);
            promote(2, Bench.GOOD + "# two\n");
            await("the second", () -> deployments().size() == 2);
        }
        Files.writeString(temporary.resolve("shop/journal.json"), """
                {"number":1,"previous":2,"step":"stop","offline":{"by":"fourth","why":"it burns"},
                 "startedAt":"2026-01-01T00:00:00Z","detail":""}""");

        int exit = run("rollback", "production/shop", "--why", "it burns", "--as", "fourth");

        assertThat(exit).as(said.toString(StandardCharsets.UTF_8)).isZero();
        assertThat(bench.said()).isEqualTo("production/shop#1 green");
    }

    @Test
    void going_back_goes_through_the_agent_that_runs() throws Exception {
        promote(1, Bench.GOOD);
        try (AutoCloseable _ = Main.start(config())) {
            await("the first", () -> deployments().size() == 1);
            promote(2, Bench.GOOD + "# two\n");
            await("the second", () -> deployments().size() == 2);

            assertThat(run("rollback", "production/shop", "--why", "it burns", "--as", "fourth"))
                    .isZero();

            await("the rollback's report", () -> deployments().size() == 3);
        }
        Deployment back = deployments().get(2);
        assertThat(back.offline()).isTrue();
        assertThat(back.by()).hasToString("fourth");
        assertThat(back.why()).isEqualTo("it burns");
        assertThat(back.release()).isEqualTo(release(1));
        assertThat(bench.said()).isEqualTo("production/shop#1 green");
    }

    @Test
    void the_release_that_records_an_offline_rollback_restarts_nothing() throws Exception {
        Digest first = server.artifact(PRODUCTION, Bench.GOOD);
        server.promote(release(1), first, configuration());
        try (AutoCloseable _ = Main.start(config())) {
            await("the first", () -> deployments().size() == 1);
            promote(2, Bench.GOOD + "# two\n");
            await("the second", () -> deployments().size() == 2);
            run("rollback", "production/shop", "--why", "it burns", "--as", "fourth");
            long pid = bench.started().pid();

            Signed summary = server.summary(PRODUCTION, first, Result.PASSED);
            Signed third = server.release(release(3), first, summary, ReleaseMade.Cause.OFFLINE_ROLLBACK, 1L);
            server.command(release(3), first, third, summary, configuration());
            await("the record", () -> deployments().size() == 4);

            assertThat(bench.started().pid()).isEqualTo(pid);
            assertThat(deployments().get(3).outcome()).isEqualTo(Deployment.Outcome.SUCCEEDED);
            assertThat(deployments().get(3).running()).isEqualTo(release(3));
            await(
                    "the observation of #3",
                    () -> release(3).equals(observations().getLast().release()));
        }
    }

    @Test
    void a_heartbeat_so_rare_that_silence_would_be_noticed_late_stops_the_start() throws IOException {
        Files.writeString(config(), Files.readString(config()).replace("heartbeat: 1s", "heartbeat: 61s"));

        assertThat(run()).isEqualTo(2);
        assertThat(said.toString(StandardCharsets.UTF_8)).contains("heartbeat");
    }

    @Test
    void an_unknown_key_in_the_file_stops_the_start_with_its_place() throws IOException {
        Files.writeString(config(), Files.readString(config()) + "retries: 3\n");

        assertThat(run()).isEqualTo(2);
        assertThat(said.toString(StandardCharsets.UTF_8)).contains("retries");
    }
}
