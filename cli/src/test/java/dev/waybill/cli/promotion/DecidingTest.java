package dev.waybill.cli.promotion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.api.insight.RunningView;
import dev.waybill.api.insight.TargetView;
import dev.waybill.api.promotion.MarkView;
import dev.waybill.api.promotion.PromotionView;
import dev.waybill.cli.Exit;
import dev.waybill.cli.ServerFake;
import dev.waybill.cli.Typing;
import dev.waybill.core.name.ActorName;
import dev.waybill.core.name.AgentName;
import dev.waybill.core.name.CommitId;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.Slot;
import dev.waybill.core.predicate.Mark;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DecidingTest {
    private static final Instant NOW = Instant.parse("2026-11-20T14:02:03Z");
    private static final Digest ARTIFACT = Digest.sha256Hex("ab".repeat(32));
    private static final Digest COVERS = Digest.sha256Hex("cd".repeat(32));
    private static final String ID = "0a1b2c3d4e5f6071";

    @TempDir
    Path home;

    private final ServerFake server = new ServerFake();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void approving_sends_what_was_shown_and_the_whole_id() {
        server.on("GET /api/v1/promotions/0a1b2c", promotion("waiting"));
        server.on("POST /api/v1/promotions/" + ID + "/decision", promotion("passed"));
        Typing typing = typing();

        assertThat(typing.type("approve", "0a1b2c")).isZero();

        assertThat(server.asked().getLast()).contains("approved", COVERS.toString());
        assertThat(typing.err())
                .isEqualTo("Approved abababababab for production/shop; it is now passed. Next: waybill status " + ID
                        + "\n");
    }

    @Test
    void rejecting_takes_its_reason_under_either_name() {
        server.on("GET /api/v1/promotions/" + ID, promotion("waiting"));
        server.on("POST /api/v1/promotions/" + ID + "/decision", promotion("refused"));

        for (String option : List.of("--reason", "--why")) {
            Typing typing = typing();
            assertThat(typing.type("reject", ID, option, "too early")).isZero();
            assertThat(server.asked().getLast()).contains("rejected", "too early");
            assertThat(typing.err()).startsWith("Rejected abababababab for production/shop; it is now refused.");
        }
    }

    @Test
    void rejecting_without_a_reason_is_misuse() {
        assertThat(typing().type("reject", ID)).isEqualTo(Exit.MISUSE);
        assertThat(server.asked()).isEmpty();
    }

    @Test
    void marks_take_their_reason_under_either_name() {
        Slot slot = Slot.parse("production/shop");
        server.on(
                "POST /api/v1/marks",
                new MarkView(
                        Mark.Kind.HOLD,
                        slot.application(),
                        slot,
                        null,
                        "month end",
                        new ActorName("promoter"),
                        NOW,
                        COVERS));

        for (String option : List.of("--reason", "--why")) {
            assertThat(typing().type("hold", "production/shop", option, "month end"))
                    .isZero();
            assertThat(server.asked().getLast()).contains("month end");
        }
    }

    @Test
    void waiting_ends_with_the_time_that_was_given_and_says_where_the_promotion_stands() {
        server.on("GET /api/v1/promotions/" + ID, promotion("waiting"));
        Typing typing = typing(new Running(NOW));

        int exit = typing.type("status", ID, "--wait", "--timeout", "2");

        assertThat(exit).isEqualTo(Exit.REFUSED);
        assertThat(typing.err())
                .contains("it is still waiting after 2 minutes: one more approval")
                .contains("`waybill status " + ID + "`")
                .contains("WAIT_OVER");
    }

    @Test
    void waiting_is_not_begun_for_what_is_over() {
        server.on("GET /api/v1/promotions/" + ID, promotion("succeeded"));

        assertThat(typing(new Running(NOW)).type("status", ID, "--wait", "--timeout", "2"))
                .isZero();

        assertThat(server.asked()).hasSize(1);
    }

    @Test
    void where_no_agent_serves_a_decision_is_all_that_is_waited_for_and_that_is_said() {
        server.on("POST /api/v1/promotions", promotion("passed"));
        server.on("GET /api/v1/running", List.of(slot()));
        Typing typing = typing();

        int exit = typing.type("promote", "shop:1", "--to", "production", "--wait");

        assertThat(exit).isZero();
        assertThat(typing.err()).contains("Decided, not deployed: no agent serves production/shop");
    }

    @Test
    void waiting_for_an_agent_that_is_silent_says_so_and_fails_at_the_deadline() {
        server.on("POST /api/v1/promotions", promotion("deploying"));
        server.on("GET /api/v1/promotions/" + ID, promotion("deploying"));
        server.on(
                "GET /api/v1/running",
                List.of(slot(new TargetView(
                        new AgentName("host-1"), "front", "unknown", null, NOW, NOW, "hashed the files"))));
        Typing typing = typing(new Running(NOW));

        int exit = typing.type("promote", "shop:1", "--to", "production", "--wait", "--timeout", "2");

        assertThat(exit).isEqualTo(Exit.REFUSED);
        assertThat(typing.err())
                .contains("No agent of production/shop has been heard since " + NOW + " (host-1)")
                .contains("WAIT_OVER");
    }

    private static RunningView slot(TargetView... targets) {
        return new RunningView(
                Slot.parse("production/shop"),
                null,
                null,
                List.of(targets),
                0,
                "unknown",
                "Nobody knows.",
                false,
                null,
                List.of());
    }

    private Typing typing() {
        return typing(Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private Typing typing(Clock clock) {
        return new Typing(home, clock).to(server.url());
    }

    private static PromotionView promotion(String state) {
        return new PromotionView(
                ID,
                Slot.parse("production/shop"),
                ARTIFACT,
                new CommitId("45303f319f7c44e66dfffe6f40fe1b56db80f514"),
                List.of(),
                state,
                "one more approval",
                List.of(),
                List.of(),
                COVERS,
                1,
                null,
                null,
                new ActorName("promoter"),
                NOW,
                null,
                1);
    }

    /** Every look finds half a minute gone. */
    private static final class Running extends Clock {
        private Instant now;

        Running(Instant start) {
            now = start;
        }

        @Override
        public Instant instant() {
            now = now.plusSeconds(30);
            return now;
        }

        @Override
        public java.time.ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }
    }
}
