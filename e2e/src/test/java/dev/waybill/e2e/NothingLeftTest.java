package dev.waybill.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two in the morning: server, registry, agent and network are gone, and one person brings the last good release back. */
@Tag("long")
@SuppressWarnings("NullAway.Init")
class NothingLeftTest {
    @TempDir
    Path work;

    @Test
    void a_server_that_is_killed_leaves_none_of_the_drivers_files_behind() throws IOException {
        Path temporary = Files.createDirectory(work.resolve("tmp"));
        Map<String, String> there = Map.of("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + temporary);
        try (ServerProcess server = ServerProcess.start(work, there)) {
            assertThat(server.data().resolve("native")).doesNotExist();
            // What a server leaves that was killed while it started.
            Path left = Files.createDirectory(server.data().resolve("native"));
            Files.writeString(left.resolve("sqlite-3.0-x-libsqlitejdbc.so"), "left");

            server.kill();
            server.again();

            assertThat(left).doesNotExist();
            try (Stream<Path> files = Files.list(temporary)) {
                assertThat(files.filter(f -> f.getFileName().toString().startsWith("sqlite")))
                        .isEmpty();
            }
        }
    }

    @Test
    void a_rollback_needs_nothing_but_the_host_and_the_record_catches_up() throws IOException {
        String[] alone = emptyNetwork();
        try (ServerProcess server = ServerProcess.start(work)) {
            Team team = Team.usual(work, server);
            TempGit git = TempGit.service(work.resolve("shop"), "shop");
            git.change("good");
            team.as("admin")
                    .in(git.directory())
                    .run("apply", "-f", "waybill.yaml")
                    .done();
            try (AgentProcess agent = AgentProcess.start(work, team, "dev", "shop")) {
                String good = build(team, git);
                team.deployed("promoter", good, "dev");
                git.change("bad");
                team.deployed("promoter", build(team, git), "dev");
                server.kill();
                agent.kill();
                agent.serving().forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));

                List<String> command = new ArrayList<>(List.of(alone));
                command.addAll(LiveProcess.waybill(
                        "agent",
                        "rollback",
                        "dev/shop",
                        "--why",
                        "prices are wrong",
                        "--as",
                        "operator",
                        "--config",
                        agent.config().toString()));
                try (LiveProcess rollback = LiveProcess.start("rollback", work, Map.of(), command)) {
                    assertThat(rollback.exit()).as(rollback.said()).isZero();
                    assertThat(rollback.said()).contains("dev/shop#1");
                }

                assertThat(agent.serving()).hasSize(1);
                assertThat(agent.workingDirectory().orElseThrow().resolve("app/content"))
                        .hasContent("good\n");
                long pid = agent.serving().getFirst();
                assertThat(network(pid))
                        .isNotEqualTo(network(ProcessHandle.current().pid()));

                server.again();
                agent.again();
                Until.holds(
                        "the record has caught up",
                        agent::said,
                        () -> team.as("viewer")
                                .json("history", "dev/shop")
                                .done()
                                .json()
                                .at("/lines/0/release/id")
                                .asString()
                                .equals("dev/shop#3"));
                Ran history = team.as("viewer").json("history", "dev/shop").done();
                assertThat(history.json().at("/lines/0/release/artifact").asString())
                        .isEqualTo(good);
                assertThat(history.json().at("/lines/0/release/rollbackTo").asLong())
                        .isEqualTo(1);
                assertThat(history.json().at("/lines/0/release/why").asString()).isEqualTo("prices are wrong");
                assertThat(history.json().at("/lines/0/release/by").asString()).isEqualTo("operator");
                assertThat(agent.serving()).as("nothing was restarted").containsExactly(pid);
                team.as("admin").run("ledger", "verify").done();
            }
        }
    }

    private static String build(Team team, TempGit git) {
        return team.as("builder").in(git.directory()).run("build").done().out().strip();
    }

    private static Path network(long pid) throws IOException {
        return Files.readSymbolicLink(Path.of("/proc", Long.toString(pid), "ns", "net"));
    }

    /** Runs what follows where there is no network but an empty loopback. */
    private String[] emptyNetwork() {
        String unshare = RealParts.program("unshare").toString();
        try (LiveProcess trial = LiveProcess.start("trial", work, Map.of(), List.of(unshare, "-rn", "true"))) {
            if (trial.exit() != 0) {
                throw RealParts.missing("the right to make a network namespace");
            }
        }
        String loopback =
                RealParts.find("ip").map(ip -> ip + " link set lo up; ").orElse("");
        return new String[] {unshare, "-rn", "sh", "-c", loopback + "exec \"$@\"", "sh"};
    }
}
