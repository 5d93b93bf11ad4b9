package dev.waybill.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.core.statement.PredicateTypes;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The agent is killed at random moments of deployments, now and then with the application: the next one finishes what was begun. */
@Tag("long")
@SuppressWarnings("NullAway.Init")
class AgentKillTest {
    @TempDir
    Path work;

    private ServerProcess server;
    private Team team;
    private AgentProcess agent;

    @AfterEach
    void stop() {
        if (agent != null) {
            agent.close();
        }
        if (server != null) {
            server.close();
        }
    }

    @Test
    void every_deployment_ends_once_whatever_moment_the_agent_dies_at() {
        Kills kills = Kills.begin();
        server = ServerProcess.start(work);
        team = Team.usual(work, server);
        TempGit git = TempGit.service(work.resolve("shop"), "shop");
        git.commit("Begin");
        team.as("admin").in(git.directory()).run("apply", "-f", "waybill.yaml").done();
        List<String> good = List.of(build(git, "one"), build(git, "two"), build(git, "three"));
        git.write("src/sick", "sick\n");
        String sick = build(git, "sick");
        agent = AgentProcess.start(work, team, "dev", "shop");
        team.deployed("promoter", good.getFirst(), "dev");

        for (int round = 1; round <= kills.rounds(); round++) {
            String when = kills + ", round " + round + ": ";
            boolean fails = round % 3 == 0;
            boolean both = !fails && kills.random().nextInt(3) == 0;
            String id = team.promoted("promoter", fails ? sick : good.get(round % 3), "dev");
            kills.during(round, both ? "agent and application" : "agent", () -> kill(both));
            Until.holds(when + "none or the current one is left", agent::said, this::noneOrCurrent);

            agent.again();

            // An application that is killed while its health is asked is no healthy one.
            List<String> ends =
                    fails ? List.of("returned") : both ? List.of("succeeded", "returned") : List.of("succeeded");
            assertThat(team.settled(id)).as(when + agent.said()).isIn(ends);
            Until.holds(when + "one process runs, of the current release", agent::said, this::oneServes);
            recorded(when, round + 1);
        }
        team.deployed("promoter", good.getFirst(), "dev");
        assertThat(oneServes()).as(agent.said()).isTrue();
    }

    private void kill(boolean both) {
        agent.kill();
        if (both) {
            agent.serving().forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
        }
    }

    /** Both chains have no gap, each release has one outcome, and what is observed last is what runs. */
    private void recorded(String when, int deployments) {
        LedgerLines lines = new LedgerLines(server);
        Until.holds(
                when + "what runs is observed",
                agent::said,
                () -> agent.serving()
                        .equals(List.of(lines.chain(PredicateTypes.OBSERVATION)
                                .getLast()
                                .predicate()
                                .at("/process/pid")
                                .asLong())));
        assertThat(lines.chain(PredicateTypes.DEPLOYMENT)).as(when).hasSize(deployments);
        team.as("admin").run("ledger", "verify").done();
    }

    private boolean noneOrCurrent() {
        return agent.serving().isEmpty() || oneServes();
    }

    private boolean oneServes() {
        return agent.serving().size() == 1
                && agent.workingDirectory()
                        .map(Path::normalize)
                        .equals(agent.current().map(Path::normalize));
    }

    private String build(TempGit git, String content) {
        git.change(content);
        return team.as("builder").in(git.directory()).run("build").done().out().strip();
    }
}
