package dev.waybill.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.core.statement.PredicateTypes;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The application is gone, alone or with the whole host: it serves again by what lies there, and the record says what was seen. */
@SuppressWarnings("NullAway.Init")
class RevivalTest {
    @TempDir
    static Path work;

    static ServerProcess server;
    static AgentProcess agent;
    static String digest;

    @BeforeAll
    static void deploy() {
        server = ServerProcess.start(work);
        Team team = Team.usual(work, server);
        TempGit git = TempGit.service(work.resolve("shop"), "shop");
        git.commit("Begin");
        team.as("admin").in(git.directory()).run("apply", "-f", "waybill.yaml").done();
        agent = AgentProcess.start(work, team, "dev", "shop");
        digest =
                team.as("builder").in(git.directory()).run("build").done().out().strip();
        team.deployed("promoter", digest, "dev");
    }

    @AfterAll
    static void stop() {
        agent.close();
        server.close();
    }

    @Test
    void a_killed_application_is_started_again_and_the_record_shows_both() {
        List<String> before = seen("running", 1);
        long pid = agent.serving().getFirst();

        kill(pid);

        List<String> after = seen("running", count(before, "running") + 1);
        assertThat(after.subList(before.size(), after.size())).containsExactly("stopped", "running");
        assertThat(agent.serving()).hasSize(1).doesNotContain(pid);
        assertThat(agent.said()).contains("the process " + pid + " is gone").contains("was started again and serves");
        assertThat(new LedgerLines(server).chain(PredicateTypes.DEPLOYMENT))
                .as("no deployment was made")
                .hasSize(1);
    }

    @Test
    void after_a_restart_of_the_host_the_agent_starts_the_release_without_a_server() {
        List<String> before = seen("running", 1);
        long pid = agent.serving().getFirst();
        server.kill();
        agent.kill();
        kill(pid);
        assertThat(agent.serving()).isEmpty();

        agent.again();

        Until.holds(
                "it serves",
                agent::said,
                () -> agent.said().contains("was started again and serves")
                        && agent.serving().size() == 1);
        assertThat(agent.workingDirectory()).isEqualTo(agent.current());
        server.again();
        List<String> after = seen("running", count(before, "running") + 1);
        assertThat(after.subList(before.size(), after.size())).containsExactly("stopped", "running");
        assertThat(last().path("release").asString()).isEqualTo("dev/shop#1");
        assertThat(last().path("artifact").asString()).isEqualTo(digest);
    }

    /** States as the ledger has them, once the given one is there so often. */
    private static List<String> seen(String state, long times) {
        Until.holds(
                state + " is seen " + times + " times",
                () -> states() + "\n" + agent.said(),
                () -> count(states(), state) >= times);
        return states();
    }

    private static List<String> states() {
        return new LedgerLines(server)
                .chain(PredicateTypes.OBSERVATION).stream()
                        .map(l -> l.predicate().path("state").asString())
                        .toList();
    }

    private static long count(List<String> states, String state) {
        return states.stream().filter(state::equals).count();
    }

    private static JsonNode last() {
        return new LedgerLines(server)
                .chain(PredicateTypes.OBSERVATION)
                .getLast()
                .predicate();
    }

    private static void kill(long pid) {
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
        Until.holds("it is gone", agent::said, () -> !agent.serving().contains(pid));
    }
}
