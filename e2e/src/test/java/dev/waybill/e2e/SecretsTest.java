package dev.waybill.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A secret's bytes stand in no file of the server's and in nothing that anybody prints; tokens neither. */
class SecretsTest {
    private static final String SECRET = "correct-horse-battery-staple-7391";

    @TempDir
    Path work;

    @Test
    void secrets_and_tokens_are_nowhere_in_clear() throws IOException {
        try (ServerProcess server = ServerProcess.start(work)) {
            Team team = Team.usual(work, server);
            TempGit git = TempGit.service(work.resolve("shop"), "shop");
            git.commit("Begin");
            team.as("admin")
                    .in(git.directory())
                    .run("apply", "-f", "waybill.yaml")
                    .done();
            List<Ran> printed = new ArrayList<>();
            printed.add(team.as("configurer")
                    .type(SECRET + "\n", "--output", "json", "config", "set", "dev/shop", "--secret", "PASSWORD")
                    .done());
            team.as("configurer")
                    .type(SECRET + "-2\n", "config", "set", "dev/shop", "--secret", "PASSWORD")
                    .done();
            try (AgentProcess agent = AgentProcess.start(work, team, "dev", "shop")) {
                String digest = team.as("builder")
                        .in(git.directory())
                        .run("build")
                        .done()
                        .out()
                        .strip();
                printed.add(team.as("admin").json("status", team.deployed("promoter", digest, "dev")));
                for (String actor : List.of("admin", "configurer", "viewer")) {
                    for (String line : List.of(
                            "config get dev/shop",
                            "config history dev/shop",
                            "config diff dev/shop 1 2",
                            "history dev/shop",
                            "running",
                            "why dev/shop",
                            "token list",
                            "agent list")) {
                        printed.add(team.as(actor).run(line.split(" ")));
                        printed.add(team.as(actor).json(line.split(" ")));
                    }
                }

                assertThat(environment(agent)).as("it did arrive").contains("PASSWORD=" + SECRET + "-2");
                assertThat(printed)
                        .noneSatisfy(ran -> assertThat(ran.toString()).contains(SECRET));
                assertThat(printed)
                        .noneSatisfy(ran -> assertThat(ran.toString()).contains("wbt_"));
                assertThat(agent.said()).doesNotContain(SECRET);
            }
            assertThat(server.said()).doesNotContain(SECRET).doesNotContain(team.token("viewer"));
            List<String> hidden = new ArrayList<>(List.of(
                    SECRET,
                    Base64.getEncoder()
                            .encodeToString(SECRET.getBytes(StandardCharsets.UTF_8))
                            .substring(0, 40),
                    HexFormat.of().formatHex(SECRET.getBytes(StandardCharsets.UTF_8)),
                    team.token("viewer"),
                    team.token("admin")));
            assertThat(holding(server.data(), hidden)).isEmpty();
            assertThat(server.stop()).isZero();
            assertThat(holding(server.data(), hidden)).isEmpty();
            assertThat(holding(server.data(), List.of("GREETING")))
                    .as("the search does find")
                    .isNotEmpty();
        }
    }

    @Test
    void what_belongs_to_the_owner_alone_can_be_read_by_nobody_else() throws IOException {
        try (ServerProcess server = ServerProcess.start(work)) {
            Team team = Team.usual(work, server);
            TempGit git = TempGit.service(work.resolve("shop"), "shop");
            git.commit("Begin");
            team.as("admin")
                    .in(git.directory())
                    .run("apply", "-f", "waybill.yaml")
                    .done();
            team.as("configurer")
                    .type(SECRET, "config", "set", "dev/shop", "--secret", "PASSWORD")
                    .done();
            team.as("viewer")
                    .run("login", server.url(), "--token", team.token("viewer"))
                    .done();
            try (AgentProcess agent = AgentProcess.start(work, team, "dev", "shop")) {
                String digest = team.as("builder")
                        .in(git.directory())
                        .run("build")
                        .done()
                        .out()
                        .strip();
                team.deployed("promoter", digest, "dev");

                List<Path> secret = new ArrayList<>(holding(work, List.of(SECRET)));
                secret.addAll(holding(agent.root().resolveSibling("state"), List.of("wbt_")));
                secret.addAll(holding(team.as("viewer").directory(), List.of("wbt_")));

                assertThat(secret)
                        .isNotEmpty()
                        .allSatisfy(file -> assertThat(
                                        Files.getPosixFilePermissions(file).toString())
                                .as(file.toString())
                                .doesNotContain("GROUP")
                                .doesNotContain("OTHERS"));
                assertThat(Files.getPosixFilePermissions(server.data())).hasSize(3);
            }
        }
    }

    private static String environment(AgentProcess agent) throws IOException {
        return Files.readString(
                Path.of("/proc", agent.serving().getFirst().toString(), "environ"), StandardCharsets.ISO_8859_1);
    }

    private static List<Path> holding(Path directory, List<String> texts) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            List<Path> found = new ArrayList<>();
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String content = Files.readString(file, StandardCharsets.ISO_8859_1);
                if (texts.stream().anyMatch(content::contains)) {
                    found.add(file);
                }
            }
            return found;
        }
    }
}
