package dev.waybill.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.core.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A service on its way through three environments, each with an agent of its own, and what it may not do on the way. */
@SuppressWarnings("NullAway.Init")
class JourneyTest {
    @TempDir
    static Path work;

    static ServerProcess server;
    static Team team;
    static TempGit git;
    static final Map<String, AgentProcess> AGENTS = new ConcurrentHashMap<>();
    static String first;

    /** The first commit goes all the way; every test begins with it in production. */
    @BeforeAll
    static void first_commit_reaches_production() {
        server = ServerProcess.start(work);
        team = Team.usual(work, server);
        git = TempGit.service(work.resolve("shop"), "shop");
        git.commit("Begin");
        team.as("admin").in(git.directory()).run("apply", "-f", "waybill.yaml").done();
        for (String environment : List.of("dev", "staging", "production")) {
            AGENTS.put(environment, AgentProcess.start(work, team, environment, "shop"));
        }
        first = build();
        team.deployed("promoter", first, "dev");
        test(first, "unit", "true").done();
        team.deployed("promoter", first, "staging");
        accept("staging", first, "true").done();
        String id = team.promoted("promoter", first, "production");
        team.as("approver").run("approve", id).done();
        assertThat(team.settled(id)).isEqualTo("succeeded");
    }

    @AfterAll
    static void stop() {
        AGENTS.values().forEach(AgentProcess::close);
        server.close();
    }

    @Test
    void the_same_bytes_run_in_all_three_and_the_answer_why_verifies_offline() {
        for (String environment : List.of("dev", "staging", "production")) {
            String slot = environment + "/shop";
            String artifact = team.as("viewer").json("running", slot).done().find("sha256:[0-9a-f]{64}");
            assertThat(releases(slot).getFirst().path("artifact").asString()).isNotBlank();
            assertThat(artifact).startsWith("sha256:");
            assertThat(agent(environment).serving()).hasSize(1);
        }
        Cli viewer = team.as("viewer");
        viewer.run("login", server.url(), "--token", team.token("viewer")).done();

        viewer.run("why", "production/shop", "--proof", "proof.json").done();

        viewer.with("WAYBILL_URL", server.url()).run("verify", "proof.json").done();
        assertThat(viewer.directory().resolve("proof.json")).content().contains(first.substring(7));
    }

    @Test
    void a_proof_that_lost_what_the_decision_used_is_no_proof() throws Exception {
        Cli viewer = team.as("viewer");
        viewer.run("login", server.url(), "--token", team.token("viewer")).done();
        viewer.run("why", "production/shop", "--proof", "whole.json").done();
        ObjectNode whole =
                Json.parseObject(Files.readAllBytes(viewer.directory().resolve("whole.json")));
        int tried = 0;
        for (String lost : List.of("registration", "test-result", "approval", "verification_summary", "release")) {
            ObjectNode less = whole.deepCopy();
            ArrayNode kept = less.putArray("statements");
            for (JsonNode bundle : whole.path("statements")) {
                String payload = bundle.path("dsseEnvelope").path("payload").asString();
                String statement = new String(Base64.getDecoder().decode(payload), StandardCharsets.UTF_8);
                if (Json.parse(statement.getBytes(StandardCharsets.UTF_8))
                        .path("predicateType")
                        .asString()
                        .contains("/" + lost + "/")) {
                    tried++;
                } else {
                    kept.add(bundle);
                }
            }
            Files.write(viewer.directory().resolve("less.json"), Json.write(less));
            viewer.run("verify", "less.json").exits(1);
        }
        assertThat(tried).isGreaterThanOrEqualTo(5);
    }

    @Test
    void a_proof_that_shows_less_says_so_and_is_refused_unless_less_was_asked_for() throws Exception {
        Cli viewer = team.as("viewer");
        viewer.run("login", server.url(), "--token", team.token("viewer")).done();
        viewer.run("why", "production/shop", "--proof", "all.json").done();
        for (String lost : List.of("deployment", "observation", "provenance")) {
            ObjectNode less = without(viewer.directory().resolve("all.json"), lost);
            Files.write(viewer.directory().resolve("part.json"), Json.write(less));

            Ran refused = viewer.run("verify", "part.json").exits(1);

            assertThat(refused.toString()).contains("NOT PROVEN (" + lost + ")", "PROOF_PARTIAL");
            viewer.run("verify", "part.json", "--require", lost).exits(1);
            viewer.run("verify", "part.json", "--require", "tests,approval").done();
            assertThat(viewer.run("verify", "part.json", "--partial").done().toString())
                    .contains("NOT PROVEN (" + lost + ")", "IN PART");
        }
        viewer.run("verify", "all.json", "--require", "luck").exits(2);
        viewer.run("verify", "all.json", "--require", "tests", "--partial").exits(2);
        viewer.run("verify", "all.json", "--require", "provenance,tests,approval,deployment,observation")
                .done();
    }

    /** Without the statements of that type, those of other environments excepted: the decision used some of them. */
    private static ObjectNode without(Path proof, String lost) throws Exception {
        ObjectNode whole = Json.parseObject(Files.readAllBytes(proof));
        ObjectNode less = whole.deepCopy();
        ArrayNode kept = less.putArray("statements");
        for (JsonNode bundle : whole.path("statements")) {
            JsonNode statement = Json.parse(Base64.getDecoder()
                    .decode(bundle.path("dsseEnvelope").path("payload").asString()));
            boolean elsewhere = !lost.equals("provenance")
                    && !statement.path("predicate").toString().contains("production/shop");
            if (elsewhere || !statement.path("predicateType").asString().contains("/" + lost + "/")) {
                kept.add(bundle);
            }
        }
        assertThat(kept.size()).as(lost).isLessThan(whole.path("statements").size());
        return less;
    }

    @Test
    void staging_cannot_be_skipped() {
        String digest = commit("skips");
        test(digest, "unit", "true").done();
        team.deployed("promoter", digest, "dev");

        Ran ran =
                team.as("promoter").run("promote", digest, "--to", "production").exits(1);

        assertThat(ran.toString()).contains("staging");
        assertThat(releases("production/shop").getFirst().path("artifact").asString())
                .isNotEqualTo(digest);
    }

    @Test
    void bytes_without_tests_are_refused_and_tests_of_other_bytes_do_not_help() {
        String tested = commit("tested");
        test(tested, "unit", "true").done();
        String untested = commit("untested");
        team.deployed("promoter", untested, "dev");

        Ran ran =
                team.as("promoter").run("promote", untested, "--to", "staging").exits(1);

        assertThat(ran.toString()).contains("unit");
    }

    @Test
    void a_failed_run_is_attested_and_refuses() {
        String digest = commit("fails its tests");
        test(digest, "unit", "true").done();
        test(digest, "unit", "false").exits(1);
        team.deployed("promoter", digest, "dev");

        team.as("promoter").run("promote", digest, "--to", "staging").exits(1);

        test(digest, "unit", "true").done();
        team.deployed("promoter", digest, "staging");
        backTo("staging");
    }

    @Test
    void a_test_sees_exactly_the_bytes_that_were_built() throws IOException {
        String digest = commit("seen by its test");

        test(digest, "seen", "sh", "-c", "tar -xOf \"$WAYBILL_FILES/app.tar\" app/content > " + work.resolve("seen"))
                .done();

        assertThat(work.resolve("seen")).hasContent("seen by its test\n");
    }

    @Test
    void a_target_that_runs_other_bytes_cannot_be_tested_in_the_name_of_these() {
        String digest = commit("never deployed");

        accept("staging", digest, "true").refused(1, "TARGET_OTHER_BYTES");
    }

    @Test
    void bytes_that_change_under_a_running_test_are_not_attested() throws IOException {
        String before = commit("before");
        String after = commit("after");
        team.deployed("promoter", before, "dev");
        Path started = work.resolve("test-started");
        Path go = work.resolve("test-go");
        String wait = "touch " + started + "; while ! test -e " + go + "; do sleep 0.05; done";
        try (LiveProcess test = team.as("builder")
                .start("test", "test", before, "--suite", "moved", "--target", "dev/shop", "--", "sh", "-c", wait)) {
            test.until("started", () -> Files.exists(started));

            team.deployed("promoter", after, "dev");
            Files.createFile(go);

            assertThat(test.exit()).isEqualTo(1);
            assertThat(test.said()).containsAnyOf("TARGET_OTHER_BYTES", "TARGET_CHANGED");
        }
        assertThat(team.as("viewer").json("trace", before).done().out()).doesNotContain("moved");
    }

    @Test
    void configuration_alone_makes_a_release_of_the_same_bytes() throws IOException {
        String digest = commit("configured");
        team.deployed("promoter", digest, "dev");
        JsonNode before = releases("dev/shop").getFirst();
        team.as("configurer")
                .type("s3cret-of-dev\n", "config", "set", "dev/shop", "GREETING=hello", "--secret", "PASSWORD")
                .done();

        team.deployed("promoter", digest, "dev");

        JsonNode now = releases("dev/shop").getFirst();
        assertThat(now.path("artifact")).isEqualTo(before.path("artifact"));
        assertThat(now.path("configurationVersion").asLong())
                .isGreaterThan(before.path("configurationVersion").asLong());
        String environment = Files.readString(
                Path.of("/proc", agent("dev").serving().getFirst().toString(), "environ"), StandardCharsets.UTF_8);
        assertThat(environment.split("\0"))
                .contains("GREETING=hello", "PASSWORD=s3cret-of-dev", "WAYBILL_DIGEST=" + digest)
                .contains("WAYBILL_RELEASE=" + now.path("id").asString());
    }

    @Test
    void a_rollback_brings_back_the_bytes_and_the_configuration_of_then() {
        String good = commit("good");
        team.deployed("promoter", good, "dev");
        JsonNode then = releases("dev/shop").getFirst();
        team.deployed("promoter", commit("bad"), "dev");

        Ran back = team.as("promoter")
                .json("rollback", "dev/shop", "--why", "it is bad")
                .done();

        assertThat(back.json().path("artifact").asString()).isEqualTo(good);
        Until.holds(
                "the rollback is deployed",
                agent("dev")::said,
                () -> releases("dev/shop").getFirst().path("outcome").asString().equals("succeeded"));
        JsonNode now = releases("dev/shop").getFirst();
        assertThat(now.path("configurationVersion")).isEqualTo(then.path("configurationVersion"));
        assertThat(agent("dev").workingDirectory().orElseThrow().resolve("app/content"))
                .hasContent("good\n");
    }

    @Test
    void a_sick_release_is_taken_back_and_the_one_before_serves_again() {
        String good = commit("healthy");
        team.deployed("promoter", good, "dev");
        git.write("src/sick", "sick\n");
        String sick = commit("sick");
        String id = team.promoted("promoter", sick, "dev");

        assertThat(team.settled(id)).isEqualTo("returned");

        assertThat(agent("dev").workingDirectory().orElseThrow().resolve("app/content"))
                .hasContent("healthy\n");
        git.directory().resolve("src/sick").toFile().delete();
        team.deployed("promoter", commit("cured"), "dev");
    }

    @Test
    void a_slot_on_hold_takes_nothing_until_the_hold_ends() {
        String digest = commit("held");
        team.as("promoter").run("hold", "dev/shop", "--reason", "stocktaking").done();
        String id = team.promoted("promoter", digest, "dev");
        String held = team.as("viewer").run("status", id).toString();
        String state = team.state(id);

        team.as("promoter")
                .run("hold", "dev/shop", "--reason", "it is over", "--end")
                .done();

        assertThat(state).isEqualTo("waiting");
        assertThat(held).contains("stocktaking");
        assertThat(team.settled(id)).isEqualTo("succeeded");
    }

    @Test
    void an_application_survives_its_agent_with_the_same_pid() {
        AgentProcess agent = agent("production");
        List<Long> before = agent.serving();
        agent.kill();

        agent.again();

        Until.holds(
                "the agent is heard again",
                agent::said,
                () -> team.as("viewer")
                        .json("running", "production/shop")
                        .done()
                        .out()
                        .contains(first));
        assertThat(agent.serving()).isEqualTo(before);
    }

    private static AgentProcess agent(String environment) {
        return java.util.Objects.requireNonNull(AGENTS.get(environment));
    }

    /** Leaves an environment as the first commit left it, for the tests that follow. */
    private static void backTo(String environment) {
        team.as("promoter")
                .run("rollback", environment + "/shop", "--why", "the test is over")
                .done();
        Until.holds(
                "rolled back",
                agent(environment)::said,
                () -> releases(environment + "/shop")
                        .getFirst()
                        .path("outcome")
                        .asString()
                        .equals("succeeded"));
    }

    private static String commit(String content) {
        git.change(content);
        return build();
    }

    private static String build() {
        return team.as("builder").in(git.directory()).run("build").done().out().strip();
    }

    private static Ran test(String digest, String suite, String... command) {
        return testing(List.of("test", digest, "--suite", suite, "--"), command);
    }

    private static Ran accept(String environment, String digest, String... command) {
        return testing(
                List.of("test", digest, "--suite", "acceptance", "--target", environment + "/shop", "--"), command);
    }

    private static Ran testing(List<String> arguments, String... command) {
        List<String> all = new java.util.ArrayList<>(arguments);
        all.addAll(List.of(command));
        return team.as("builder").run(all.toArray(String[]::new));
    }

    /** Newest first. */
    private static List<JsonNode> releases(String slot) {
        JsonNode history = team.as("viewer").json("history", slot).done().json();
        return history.path("lines").valueStream().map(l -> l.path("release")).toList();
    }
}
