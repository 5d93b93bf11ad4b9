package dev.waybill.server.insight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.api.artifact.ArtifactInfo;
import dev.waybill.api.artifact.TagRequest;
import dev.waybill.api.client.InsightCalls;
import dev.waybill.api.insight.BoardView;
import dev.waybill.api.insight.DiffView;
import dev.waybill.api.insight.Fact;
import dev.waybill.api.insight.HistoryView;
import dev.waybill.api.insight.RunningView;
import dev.waybill.api.insight.TraceView;
import dev.waybill.api.insight.WaybillView;
import dev.waybill.api.insight.WhyView;
import dev.waybill.api.promotion.ApprovalRequest;
import dev.waybill.api.promotion.PromotionView;
import dev.waybill.api.promotion.RollbackRequest;
import dev.waybill.api.registry.CopyRequest;
import dev.waybill.core.bundle.BundleParser;
import dev.waybill.core.json.Json;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.ReleaseId;
import dev.waybill.core.name.Slot;
import dev.waybill.core.name.Version;
import dev.waybill.core.predicate.Approval;
import dev.waybill.core.predicate.TestResult;
import dev.waybill.core.problem.ProblemException;
import dev.waybill.core.verify.Introductions;
import dev.waybill.core.verify.Question;
import dev.waybill.core.verify.TrustRoot;
import dev.waybill.core.verify.Verified;
import dev.waybill.core.verify.Verifier;
import dev.waybill.server.ServerConfig;
import dev.waybill.server.identity.Role;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What insight answers about a story that really happened: pushed bytes, signed statements, an agent's reports. */
abstract class InsightContract {
    @TempDir
    Path data;

    abstract ServerConfig config(Path data);

    private Story story;
    private InsightCalls ask;

    @BeforeEach
    void start() {
        story = new Story(config(data));
        ask = story.client(Role.VIEWER).insight();
    }

    @AfterEach
    void stop() {
        story.close();
    }

    private RunningView running(Slot slot) {
        return ask.running(slot).getFirst();
    }

    private ReleaseId toStaging(Digest artifact) {
        PromotionView promotion = story.promote(artifact, Story.STAGING);
        ReleaseId release = Objects.requireNonNull(promotion.release(), promotion.next());
        story.deploy(release, artifact);
        return release;
    }

    private ReleaseId toProduction(Digest artifact) {
        story.test(artifact, TestResult.Binding.FETCHED, 0);
        PromotionView asked = story.promote(artifact, Story.PRODUCTION);
        PromotionView decided = story.client(Role.APPROVER)
                .promotions()
                .decide(asked.id(), new ApprovalRequest(Approval.Decision.APPROVED, "looks fine", asked.covers()));
        ReleaseId release = Objects.requireNonNull(decided.release(), decided.next());
        story.deploy(release, artifact);
        return release;
    }

    @Test
    void where_an_artifact_was_copied_from_stands_in_its_history_as_a_claim() throws Exception {
        Digest artifact = story.build(1, "First").digest();
        story.client(Role.BUILDER)
                .storage()
                .copied(new CopyRequest(
                        Story.STAGING.application(), artifact, "registry.example.com/team/shop", "1.0"));

        Fact traced = ask.trace(artifact.toString()).route().getFirst();

        assertThat(traced.text()).startsWith("copied from registry.example.com/team/shop:1.0, as ");
        assertThat(traced.verified()).isFalse();
        assertThat(ask.waybill(artifact).consignor()).contains(traced);
    }

    @Test
    void who_pushes_the_same_bytes_to_another_application_says_nothing_about_this_one() throws Exception {
        Digest artifact = story.build(1, "First").digest();
        ApplicationName other = new ApplicationName("other");
        story.pushAgain(other, 1);
        story.client(Role.BUILDER)
                .storage()
                .copied(new CopyRequest(other, artifact, "registry.example.com/evil/shop", "1.0"));

        assertThat(ask.trace(artifact.toString()).route())
                .extracting(Fact::label)
                .doesNotContain("copy");
        assertThat(ask.waybill(artifact).consignor()).extracting(Fact::label).doesNotContain("copy");
    }

    @Test
    void approved_commanded_and_observed_are_told_apart() throws Exception {
        story.enrol();
        Digest artifact = story.build(1, "First").digest();
        assertThat(running(Story.STAGING).state()).isEqualTo("empty");

        ReleaseId release =
                Objects.requireNonNull(story.promote(artifact, Story.STAGING).release());

        RunningView approved = running(Story.STAGING);
        assertThat(Objects.requireNonNull(approved.approved()).release()).isEqualTo(release);
        assertThat(approved.commanded()).isNull();
        assertThat(approved.targets())
                .singleElement()
                .satisfies(t -> assertThat(t.observed()).isNull());

        story.deploy(release, artifact);

        RunningView agreed = running(Story.STAGING);
        assertThat(agreed.state()).isEqualTo("agreed");
        assertThat(agreed.agreeing()).isEqualTo(1);
        assertThat(Objects.requireNonNull(agreed.commanded()).release()).isEqualTo(release);
    }

    @Test
    void a_target_that_runs_something_else_is_drift() throws Exception {
        story.enrol();
        Digest first = story.build(1, "First").digest();
        ReleaseId one = toStaging(first);
        Digest second = story.build(2, "Second").digest();
        toStaging(second);

        story.see(one, first);

        RunningView drift = running(Story.STAGING);
        assertThat(drift.state()).isEqualTo("drift");
        assertThat(drift.agreeing()).isZero();
        assertThat(drift.sentence()).contains("something else runs");
        assertThat(ask.why(Story.STAGING).artifact()).isEqualTo(first);
        assertThat(ask.why(Story.STAGING).proven()).isTrue();
    }

    @Test
    void vetoed_bytes_that_a_host_runs_are_called_so_wherever_one_looks() throws Exception {
        story.enrol();
        Digest first = story.build(1, "First").digest();
        ReleaseId one = toStaging(first);
        toStaging(story.build(2, "Second").digest());
        story.veto(first, "It loses orders.");
        story.hold(Story.STAGING, false);

        story.see(one, first);

        RunningView running = running(Story.STAGING);
        assertThat(running.vetoedAndRunning())
                .singleElement()
                .satisfies(v -> assertThat(v.reason()).isEqualTo("It loses orders."));
        assertThat(running.sentence()).contains("staging/shop#1 (VETOED, " + first.shortHex() + ") on host-1/stage");
        assertThat(Objects.requireNonNull(running.hold()).reason()).isEqualTo("It is Friday.");
        WhyView why = ask.why(Story.STAGING);
        assertThat(why.contradictions()).hasSize(2);
        assertThat(why.contradictions().getLast()).startsWith("VETOED").contains("It loses orders.");
        assertThat(why.hold()).isEqualTo(running.hold());
        HistoryView.Line line = ask.history(Story.STAGING).lines().getLast();
        assertThat(line.ready()).isFalse();
        assertThat(line.readiness()).isEqualTo("vetoed: It loses orders.");
        assertThat(story.page("/environments/staging/shop"))
                .contains("vetoed and running", "vetoed: It loses orders.", "It is Friday.")
                .doesNotContain("Roll back to #1");
        assertThat(story.page("/")).contains("drift, vetoed, held");
    }

    @Test
    void a_file_names_every_artifact_that_holds_it_with_its_releases() throws Exception {
        story.enrol();
        ArtifactInfo first = story.build(1, "First");
        ReleaseId one = toStaging(first.digest());
        ArtifactInfo again = story.build(9, 1, "Again");

        TraceView trace = ask.trace(
                Digest.sha256("shop 1".getBytes(StandardCharsets.UTF_8)).toString());

        assertThat(trace.artifact()).isEqualTo(again.digest());
        assertThat(trace.count()).isEqualTo(2);
        assertThat(trace.more()).isFalse();
        assertThat(trace.holders())
                .extracting(TraceView.Holder::artifact)
                .containsExactly(again.digest(), first.digest());
        assertThat(trace.holders().getLast().releases()).containsExactly(one);
        assertThat(trace.holders().getLast().file()).isEqualTo("shop.jar");
    }

    @Test
    void configuration_for_an_environment_that_the_pipeline_does_not_have_is_refused_with_what_was_meant() {
        assertThatThrownBy(() -> story.configure(Slot.parse("stagin/shop"), Map.of("PORT", Story.text("80"))))
                .hasMessageContaining("SLOT_UNKNOWN")
                .hasMessageContaining("Did you mean staging/shop?");
    }

    @Test
    void what_runs_as_commanded_contradicts_nothing() throws Exception {
        story.enrol();
        toStaging(story.build(1, "First").digest());

        assertThat(ask.why(Story.STAGING).contradictions()).isEmpty();
        assertThat(ask.why(Story.STAGING).hold()).isNull();
    }

    @Test
    void why_walks_back_from_the_observation_to_the_commit() throws Exception {
        story.enrol();
        Digest artifact = story.build(1, "First").digest();
        toStaging(artifact);
        toProduction(artifact);

        WhyView why = ask.why(Story.PRODUCTION);

        assertThat(why.proven()).isTrue();
        assertThat(why.steps().stream().map(WhyView.Step::name))
                .containsExactly(
                        "observed",
                        "deployment",
                        "release",
                        "approvals",
                        "configuration",
                        "summary",
                        "tests",
                        "provenance",
                        "commit");
        assertThat(step(why, "observed")).singleElement().satisfies(f -> {
            assertThat(f.verified()).isTrue();
            assertThat(f.signer()).isEqualTo("agent/host-1");
        });
        assertThat(step(why, "release")).singleElement().matches(Fact::verified);
        assertThat(step(why, "summary")).singleElement().satisfies(f -> {
            assertThat(f.text()).startsWith("approved");
            assertThat(f.signer()).isEqualTo("server, verdict key");
        });
        // The server signs for people until they hold keys: their word is shown as a claim.
        assertThat(step(why, "approvals"))
                .singleElement()
                .matches(f -> !f.verified() && f.text().contains("looks fine"));
        assertThat(step(why, "commit")).singleElement().matches(Fact::verified);
        assertThat(why.sentence()).contains("1 of 1 target of ", "tested on these bytes by unit");
    }

    @Test
    void a_rollback_that_names_nothing_passes_over_a_vetoed_release() throws Exception {
        story.enrol();
        ReleaseId one = toStaging(story.build(1, "First").digest());
        Digest second = story.build(2, "Second").digest();
        toStaging(second);
        toStaging(story.build(3, "Third").digest());
        story.veto(second, "It loses orders.");

        assertThat(story.client(Role.PROMOTER)
                        .promotions()
                        .rollback(new RollbackRequest(Story.STAGING, null, "It is slow."))
                        .rollbackTo())
                .isEqualTo(one.number());
    }

    @Test
    void a_rollback_shows_the_approvals_of_the_release_that_it_brings_back() throws Exception {
        story.enrol();
        Digest first = story.build(1, "First").digest();
        toStaging(first);
        toProduction(first);
        Digest second = story.build(2, "Second").digest();
        toStaging(second);
        toProduction(second);

        ReleaseId back = story.client(Role.PROMOTER)
                .promotions()
                .rollback(new RollbackRequest(Story.PRODUCTION, null, "It is slow."))
                .id();
        story.deploy(back, first);

        WhyView why = ask.why(Story.PRODUCTION);
        assertThat(why.artifact()).isEqualTo(first);
        assertThat(step(why, "approvals")).singleElement().matches(f -> f.text().contains("looks fine"));
    }

    private static List<Fact> step(WhyView why, String name) {
        return why.steps().stream()
                .filter(s -> s.name().equals(name))
                .flatMap(s -> s.facts().stream())
                .toList();
    }

    @Test
    void a_claimed_test_is_shown_as_a_claim_and_not_said_to_have_tested_these_bytes() throws Exception {
        Digest artifact = story.build(1, "First").digest();
        story.test(artifact, TestResult.Binding.CLAIMED, 0);

        WaybillView waybill = ask.waybill(artifact);

        assertThat(waybill.papers()).singleElement().satisfies(f -> {
            assertThat(f.verified()).isFalse();
            assertThat(f.statement()).isNotNull();
            assertThat(f.text()).startsWith("PASSED").contains("nothing ties");
        });
    }

    @Test
    void every_statement_of_a_proof_verifies_with_the_pinned_keys_alone() throws Exception {
        story.enrol();
        Digest artifact = story.build(1, "First").digest();
        toStaging(artifact);
        TrustRoot trust = TrustRoot.read(story.client(Role.VIEWER).connection().bytes("/api/v1/ledger/trust"));

        JsonNode proof = Json.parse(ask.proof(Story.STAGING));

        assertThat(proof.path("format").asString()).isEqualTo("waybill-proof/v1");
        assertThat(proof.path("artifact").asString()).isEqualTo(artifact.toString());
        assertThat(proof.path("statements").size()).isGreaterThanOrEqualTo(5);
        for (JsonNode statement : proof.path("statements")) {
            byte[] bundle = Json.write(statement);
            assertThat(BundleParser.parse(bundle).entries()).hasSize(1);
            Verified verified = new Verifier(trust).verify(bundle, Question.ANY);
            assertThat(verified.index()).isNotNegative();
        }
    }

    @Test
    void a_proof_introduces_the_agents_that_enrolled_after_the_trust_file_was_written() throws Exception {
        TrustRoot early = TrustRoot.read(story.client(Role.VIEWER).connection().bytes("/api/v1/ledger/trust"));
        story.enrol();
        toStaging(story.build(1, "First").digest());

        JsonNode proof = Json.parse(ask.proof(Story.STAGING));

        List<byte[]> keys = proof.path("keys").valueStream().map(Json::write).toList();
        assertThat(keys).hasSize(1);
        Verifier verifier = new Verifier(new Introductions(early).with(keys));
        List<String> refused = new ArrayList<>();
        for (JsonNode statement : proof.path("statements")) {
            byte[] bundle = Json.write(statement);
            verifier.verify(bundle, Question.ANY);
            try {
                new Verifier(early).verify(bundle, Question.ANY);
            } catch (ProblemException problem) {
                refused.add(problem.problem().code());
            }
        }
        assertThat(refused).isNotEmpty().containsOnly("SIGNATURE_INVALID");
    }

    @Test
    void a_slot_with_nothing_in_it_has_no_proof() {
        assertThatThrownBy(() -> ask.proof(Story.PRODUCTION)).hasMessageContaining("NOTHING_RELEASED");
        assertThatThrownBy(() -> ask.why(Slot.parse("moon/shop"))).hasMessageContaining("SLOT_UNKNOWN");
    }

    @Test
    void the_board_shows_what_waits_for_whom() throws Exception {
        story.enrol();
        Digest artifact = story.build(1, "First").digest();
        toStaging(artifact);
        story.test(artifact, TestResult.Binding.FETCHED, 0);
        PromotionView asked = story.promote(artifact, Story.PRODUCTION);

        BoardView board = ask.board(null, 1);

        assertThat(board.total()).isEqualTo(1);
        BoardView.Row row = board.rows().getFirst();
        assertThat(row.cells().stream().map(RunningView::slot)).containsExactly(Story.STAGING, Story.PRODUCTION);
        assertThat(row.waiting()).singleElement().satisfies(w -> {
            assertThat(w.promotion()).isEqualTo(asked.id());
            assertThat(w.sentence()).contains(artifact.shortHex());
        });
        assertThat(ask.board("nothing-called-so", 1).rows()).isEmpty();
    }

    @Test
    void whatever_one_has_in_hand_leads_to_the_artifact() throws Exception {
        ArtifactInfo built = story.build(1, "First");
        story.client(Role.PROMOTER)
                .artifacts()
                .tag(new TagRequest(built.digest().toString(), new Version("2.5.0")));
        Digest file = ask.waybill(built.digest()).goods().getFirst().digest();

        for (String asked : List.of(
                built.digest().toString(),
                built.digest().hex().substring(0, 12),
                built.commit().value(),
                built.commit().value().substring(0, 38),
                "2.5.0",
                "shop:2.5.0",
                file.hex())) {
            assertThat(ask.trace(asked).artifact()).as(asked).isEqualTo(built.digest());
        }
        assertThat(ask.trace(file.hex()).file()).isEqualTo("shop.jar");
        assertThatThrownBy(() -> ask.trace("9.9.9")).hasMessageContaining("NOTHING_FOUND");
    }

    @Test
    void between_two_artifacts_stand_the_commits_and_files_that_changed() throws Exception {
        Digest first = story.build(1, "First").digest();
        story.build(2, "Second");
        Digest third = story.build(3, "Third").digest();

        DiffView diff = ask.diff(first.toString(), third.toString());

        assertThat(diff.commits().stream().map(c -> c.subject())).containsExactly("Third", "Second");
        assertThat(diff.files()).singleElement().satisfies(f -> {
            assertThat(f.path()).isEqualTo("shop.jar");
            assertThat(f.change()).isEqualTo("changed");
        });
        assertThat(diff.leaving()).isFalse();
        DiffView back = ask.diff(third.toString(), first.toString());
        assertThat(back.leaving()).isTrue();
        assertThat(back.sentence()).startsWith("Goes back: 2 commits leave.");
        assertThat(ask.diff(first.toString(), first.toString()).sentence()).isEqualTo("Both are the same artifact.");
    }

    @Test
    void a_promotion_names_the_configuration_keys_that_it_changes_and_shows_no_secret() throws Exception {
        Digest first = story.build(1, "First").digest();
        story.configure(
                Story.STAGING,
                Map.of("LOG_LEVEL", Story.text("info"), "OLD", Story.text("1"), "PASSWORD", Story.secret("hunter2")));
        story.promote(first, Story.STAGING);
        Digest second = story.build(2, "Second").digest();
        story.configure(
                Story.STAGING,
                Map.of("LOG_LEVEL", Story.text("debug"), "NEW", Story.text("2"), "PASSWORD", Story.secret("swordfish")),
                "OLD");

        PromotionView promotion = story.promote(second, Story.STAGING);

        String page = story.page("/promotions/" + promotion.id());
        assertThat(page)
                .contains(
                        changed("changed", "LOG_LEVEL") + " <del>info</del> <ins>debug</ins>",
                        changed("added", "NEW") + " <ins>2</ins>",
                        changed("removed", "OLD") + " <del>1</del>",
                        changed("changed", "PASSWORD") + " <del>a secret</del> <ins>a secret</ins>",
                        "1 commit, 1 file and 4 configuration keys",
                        "<span class=\"subject\">Second</span>")
                .doesNotContain("hunter2", "swordfish");
    }

    private static String changed(String change, String key) {
        return "<li class=\"" + change + "\"><span class=\"change\">" + change + "</span> <code>" + key + "</code>";
    }

    @Test
    void the_same_bytes_with_other_configuration_are_said_to_be_the_same_bytes() throws Exception {
        Digest artifact = story.build(1, "First").digest();
        story.promote(artifact, Story.STAGING);
        story.configure(Story.STAGING, Map.of("LOG_LEVEL", Story.text("debug")));

        PromotionView again = story.promote(artifact, Story.STAGING);

        assertThat(story.page("/promotions/" + again.id()))
                .contains(
                        "Both are the same artifact, but 1 configuration key differs.",
                        changed("added", "LOG_LEVEL") + " <ins>debug</ins>")
                .doesNotContain("The same keys with the same values");
    }

    @Test
    void a_promotion_that_waits_is_compared_with_what_serves_now() throws Exception {
        story.enrol();
        story.configure(Story.PRODUCTION, Map.of("LOG_LEVEL", Story.text("info")));
        Digest first = story.build(1, "First").digest();
        toStaging(first);
        toProduction(first);
        Digest second = story.build(2, "Second").digest();
        toStaging(second);
        story.test(second, TestResult.Binding.FETCHED, 0);
        story.configure(Story.PRODUCTION, Map.of("LOG_LEVEL", Story.text("debug")));

        PromotionView waiting = story.promote(second, Story.PRODUCTION);

        assertThat(waiting.state()).isEqualTo("waiting");
        assertThat(story.page("/promotions/" + waiting.id()))
                .contains(
                        changed("changed", "LOG_LEVEL") + " <del>info</del> <ins>debug</ins>",
                        "Evidence for what serves now",
                        "Evidence for what would serve");
    }

    @Test
    void a_slot_on_hold_says_so_until_the_hold_ends() throws Exception {
        story.enrol();
        toStaging(story.build(1, "First").digest());

        story.hold(Story.STAGING, false);

        assertThat(running(Story.STAGING).held()).isTrue();
        assertThat(running(Story.STAGING).state()).isEqualTo("agreed");
        assertThat(running(Story.PRODUCTION).held()).isFalse();

        story.hold(Story.STAGING, true);

        assertThat(running(Story.STAGING).held()).isFalse();
    }

    @Test
    void a_deployment_that_failed_fails_the_slot_and_holds_it() throws Exception {
        story.enrol();
        Digest artifact = story.build(1, "First").digest();
        ReleaseId release =
                Objects.requireNonNull(story.promote(artifact, Story.STAGING).release());

        story.fail(release, artifact);

        story.awaitHold(Story.STAGING);
        RunningView failed = running(Story.STAGING);
        assertThat(failed.state()).isEqualTo("failed");
        assertThat(failed.held()).isTrue();
        assertThat(failed.sentence()).contains("failed; the slot waits for another release");
        assertThat(failed.agreeing()).isZero();
    }

    @Test
    void history_says_how_long_each_release_served_and_which_can_come_back() throws Exception {
        story.enrol();
        Digest first = story.build(1, "First").digest();
        toStaging(first);
        Digest second = story.build(2, "Second").digest();
        toStaging(second);
        story.client(Role.PROMOTER).promotions().rollback(new RollbackRequest(Story.STAGING, 1L, "It is slow."));

        HistoryView history = ask.history(Story.STAGING);

        assertThat(history.lines().stream().map(l -> l.release().id().number())).containsExactly(3L, 2L, 1L);
        assertThat(history.lines().getFirst().release().why()).isEqualTo("It is slow.");
        assertThat(history.lines().getFirst().from()).isNull();
        assertThat(history.lines().get(1).until()).isNull();
        assertThat(history.lines().get(2).servedSeconds()).isNotNull();
    }
}
