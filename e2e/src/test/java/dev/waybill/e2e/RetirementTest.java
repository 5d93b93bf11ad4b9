package dev.waybill.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A host is replaced: its agent is retired, and another one takes the name. */
@Tag("long")
class RetirementTest {
    @TempDir
    Path work;

    @Test
    void an_agent_leaves_what_runs_goes_on_and_another_host_takes_its_name() {
        try (ServerProcess server = ServerProcess.start(work)) {
            Team team = Team.usual(work, server);
            TempGit git = TempGit.service(work.resolve("shop"), "shop");
            git.commit("Begin");
            team.as("admin")
                    .in(git.directory())
                    .run("apply", "-f", "waybill.yaml")
                    .done();
            try (AgentProcess old = AgentProcess.start(work, team, "dev", "shop")) {
                String digest = team.as("builder")
                        .in(git.directory())
                        .run("build")
                        .done()
                        .out()
                        .strip();
                team.deployed("promoter", digest, "dev");

                team.as("promoter")
                        .run("agent", "retire", "dev-shop", "--why", "not mine to end")
                        .refused(1, "FORBIDDEN");
                team.as("admin")
                        .run("agent", "retire", "dev-shop", "--why", "the host is replaced")
                        .done();
                team.as("admin")
                        .run("agent", "retire", "dev-shop", "--why", "once more")
                        .done();
                team.as("admin")
                        .run("agent", "retire", "dev-shopp", "--why", "a slip")
                        .refused(1, "AGENT_NAME_UNKNOWN");

                assertThat(running(team).path("targets").isArray()).isTrue();
                assertThat(running(team).path("targets").size()).isZero();
                Until.holds("the agent says why", old::said, () -> old.said().contains("TOKEN_REVOKED"));
                assertThat(old.said()).contains("enrol again");
                assertThat(old.serving()).as("what it started").hasSize(1);

                takesOver(team, digest);
                team.as("viewer").run("ledger", "verify").done();
            }
        }
    }

    /** The same name, a new directory and so a new key, on what stands for another host. */
    private void takesOver(Team team, String digest) {
        try (AgentProcess next = AgentProcess.start(work.resolve("replaced"), team, "dev", "shop")) {
            Until.holds(
                    "the new host runs it",
                    next::said,
                    () -> running(team).path("state").asString().equals("agreed"));
            JsonNode target = running(team).path("targets").path(0);
            assertThat(target.path("observed").path("artifact").asString()).isEqualTo(digest);
            assertThat(next.serving()).hasSize(1);
        }
    }

    private static JsonNode running(Team team) {
        return team.as("viewer").json("running", "dev/shop").done().json().path(0);
    }
}
