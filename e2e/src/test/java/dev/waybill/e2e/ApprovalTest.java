package dev.waybill.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may say yes, to what exactly, and until when. Another tool deploys here: no agent is needed. */
@SuppressWarnings("NullAway.Init")
class ApprovalTest {
    @TempDir
    static Path work;

    static ServerProcess server;
    static Team team;

    @BeforeAll
    static void start() {
        server = ServerProcess.start(work);
        team = Team.usual(work, server);
        team.join("second", "second@example.org", "approver");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void who_asked_may_not_approve() {
        String id = team.promoted("promoter", built("asked", 1), "production");

        team.as("promoter").run("approve", id).refused(1, "APPROVER_IS_REQUESTER");

        assertThat(team.state(id)).isEqualTo("waiting");
    }

    @Test
    void another_token_of_the_same_person_may_not_approve_either() {
        team.join("promoter-at-home", "promoter@example.org", "approver");
        String id = team.promoted("promoter", built("asked-twice", 1), "production");

        team.as("promoter-at-home").run("approve", id).refused(1, "APPROVER_IS_REQUESTER");
    }

    @Test
    void who_wrote_the_commit_may_not_approve() {
        String id = team.promoted("promoter", built("written", 1), "production");

        team.as("author").run("approve", id).refused(1, "APPROVER_IS_AUTHOR");

        team.as("approver").run("approve", id).done();
        assertThat(team.state(id)).isEqualTo("passed");
    }

    @Test
    void an_approver_who_declares_no_address_may_not_approve() {
        String token = team.as("admin")
                .run("token", "create", "--actor", "nobody", "--role", "approver")
                .done()
                .find("wbt_[A-Za-z0-9_-]+");
        String id = team.promoted("promoter", built("unknown", 1), "production");

        team.as("approver").with("WAYBILL_TOKEN", token).run("approve", id).refused(1, "APPROVER_UNKNOWN");
    }

    @Test
    void one_person_is_not_two_approvals() {
        String id = team.promoted("promoter", built("doubled", 2), "production");
        team.as("approver").run("approve", id).done();

        team.as("approver").run("approve", id).refused(1, "ALREADY_DECIDED");

        assertThat(team.state(id)).isEqualTo("waiting");
    }

    @Test
    void a_change_of_configuration_voids_an_approval() {
        String id = team.promoted("promoter", built("changed", 2), "production");
        team.as("approver").run("approve", id).done();
        team.as("configurer")
                .run("config", "set", "production/changed", "GREETING=other")
                .done();
        Until.holds(
                "the promotion is judged with the new configuration",
                () -> team.as("viewer").json("status", id).toString(),
                () -> team.as("viewer")
                                .json("status", id)
                                .json()
                                .path("configurationVersion")
                                .asLong()
                        == 1);

        team.as("second").run("approve", id).done();

        assertThat(team.state(id))
                .as("the first approval was for other configuration")
                .isEqualTo("waiting");
        team.as("approver").run("approve", id).done();
        assertThat(team.state(id)).isEqualTo("passed");
        assertThat(team.as("viewer")
                        .json("status", id)
                        .json()
                        .path("configurationVersion")
                        .asLong())
                .isEqualTo(1);
    }

    @Test
    void a_rejection_is_final() {
        String id = team.promoted("promoter", built("rejected", 1), "production");
        team.as("approver").run("reject", id, "--reason", "not on a Friday").done();

        assertThat(team.state(id)).isEqualTo("refused");
        team.as("second").run("approve", id).refused(1, "PROMOTION_NOT_WAITING");
    }

    @Test
    void what_was_vetoed_is_never_promoted_again() {
        String digest = built("vetoed", 1);
        String id = team.promoted("promoter", digest, "production");
        team.as("approver").run("approve", id).done();
        team.as("configurer")
                .run("config", "set", "production/vetoed", "GREETING=again")
                .done();
        team.as("promoter").run("veto", digest, "--reason", "sells for nothing").done();

        Ran again =
                team.as("promoter").run("promote", digest, "--to", "production").exits(1);

        assertThat(again.toString()).contains("sells for nothing");
        team.as("promoter")
                .run("veto", digest, "--reason", "was a mistake", "--end")
                .done();
        team.as("promoter").run("promote", digest, "--to", "production").done();
    }

    @Test
    void control_c_while_waiting_ends_the_command_and_not_the_promotion() {
        String digest = built("interrupted", 1);
        try (LiveProcess waiting =
                team.as("promoter").start("promote", "promote", digest, "--to", "production", "--wait")) {
            waiting.until("asked", () -> !open("interrupted").isEmpty());

            assertThat(waiting.interrupt()).isEqualTo(130);
        }
        String id = open("interrupted").getFirst();
        team.as("approver").run("approve", id).done();
        assertThat(team.state(id)).isEqualTo("passed");
    }

    private static List<String> open(String application) {
        return team.as("viewer")
                .json("status")
                .done()
                .json()
                .valueStream()
                .filter(p -> p.path("slot").asString().equals("production/" + application))
                .map(p -> p.path("id").asString())
                .toList();
    }

    private static String built(String application, int approvals) {
        TempGit git = TempGit.create(work.resolve("repositories").resolve(application))
                .write("waybill.yaml", """
                        application: %s
                        build: {command: "cp source app.bin", outputs: [app.bin]}
                        config: {optional: [GREETING]}
                        pipeline:
                          - production: {approvals: %d}
                        """.formatted(application, approvals))
                .write("source", application);
        git.commit("It");
        team.as("admin").in(git.directory()).run("apply", "-f", "waybill.yaml").done();
        return team.as("builder").in(git.directory()).run("build").done().out().strip();
    }
}
