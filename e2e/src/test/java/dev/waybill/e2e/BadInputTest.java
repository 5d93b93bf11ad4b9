package dev.waybill.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What people mistype, and what they may not do: each is said in the same four parts, with the exit code of its kind. */
@SuppressWarnings("NullAway.Init")
class BadInputTest {
    @TempDir
    static Path work;

    static ServerProcess server;
    static Team team;
    static String digest;

    @BeforeAll
    static void start() {
        server = ServerProcess.start(work);
        team = Team.usual(work, server);
        TempGit git = TempGit.service(work.resolve("shop"), "shop");
        git.commit("Begin");
        team.as("admin").in(git.directory()).run("apply", "-f", "waybill.yaml").done();
        digest =
                team.as("builder").in(git.directory()).run("build").done().out().strip();
    }

    @AfterAll
    static void stop() {
        assertThat(server.said()).doesNotContain("Exception");
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "deploy",
                "promote",
                "promote shop@1 --to",
                "promote shop@1 --to dev --force",
                "promote shop@1 --to DEV!",
                "build --dir",
                "config set dev/shop =x",
                "config set dev/shop KEY",
                "config set devshop KEY=x",
                "config get dev",
                "test shop@1",
                "test shop@1 --suite s",
                "rollback dev/shop",
                "rollback dev/shop --to x --why y",
                "token create --actor a --role king",
                "veto shop@1",
                "status --nothing",
                "why shop",
                "server",
                "server --data",
                "server --data x --port 99999",
                "server --data x --prot 1",
                "server --data x --host 0.0.0.0",
                "agent --config",
                "agent --config nowhere.yaml",
                "agent stop --config x",
                "agent rollback dev/shop --config x",
                "apply -f nowhere.yaml",
                "attest test --artifact shop@1 --suite s",
                "--output xml status",
                "login",
            })
    void misuse_ends_with_two_and_says_what_to_write(String line) {
        Ran ran = team.as("admin").run(line.split(" ")).exits(2);

        assertThat(ran.err()).isNotBlank().doesNotContain("Exception");
    }

    @Test
    void a_mistyped_command_is_guessed() {
        assertThat(team.as("admin").run("promte", "x").exits(2).err()).contains("promote");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application: shop\\npipeline: [dev|line 2",
                "application: shop\\napplication: shop|line 2",
                "application: shop\\npipeline:\\n  - dev: {test: [unit]}|test",
                "application: shop\\npipeline:\\n  - dev\\n  - dev|dev",
                "application: Shop!\\npipeline: [dev]|Shop!",
                "application: shop\\npipeline:\\n  - prod: {approvals: -1}|approvals",
                "application: shop\\npipeline:\\n  - prod: {soak: soon}|soak",
                "application: shop\\npipeline:\\n  - a: &x {}\\n  - b: *x|line 4",
                "application: shop\\npipeline: []|pipeline",
                "application: shop\\npipeline: [dev]\\nbuild: {command: [make], output: [b]}|output",
                "application: shop|pipeline",
                "[]|application",
            })
    void a_pipeline_that_is_wrong_is_named_with_its_place(String text, String place) throws IOException {
        Path file = Files.createTempFile(work, "pipeline", ".yaml");
        Files.writeString(file, text.replace("\\n", "\n"));

        Ran ran = team.as("admin").run("apply", "-f", file.toString()).exits(2);

        assertThat(ran.err()).contains(place).doesNotContain("Exception");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "build: [|line 2",
                "build: {command: x, outputs: [/etc/passwd]}|build.outputs[0]",
                "build: {command: x, outputs: [../x]}|build.outputs[0]",
                "build: {command: x}|outputs",
                "build: {command: x, outputs: []}|build.outputs",
                "build: {command: x, output: [y]}|output",
                "build: {command: x, outputs: [y]}\\nrun: {command: []}|run.command",
                "build: {command: x, outputs: [y]}\\nrun: {command: [y], health: {http: /, tcp: true}}|run.health",
            })
    void a_project_that_is_wrong_is_named_with_its_place(String text, String place) throws IOException {
        TempGit git = TempGit.create(Files.createTempDirectory(work, "wrong"))
                .write("waybill.yaml", "application: wrong\n" + text.replace("\\n", "\n"));
        git.commit("Wrong");

        Ran ran = team.as("builder").in(git.directory()).run("build").exits(2);

        assertThat(ran.err()).contains(place).doesNotContain("Exception");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "server: [|line 1",
                "server: http://localhost\\ntargets: []|name",
                "server: http://localhost\\nname: a\\ndirectory: d\\ntargets: [{slot: x, root: r}]|targets[0].slot",
                "server: http://localhost\\nname: a\\ndirectory: d\\nheartbeat: soon\\ntargets: []|heartbeat",
                "server: http://localhost\\nname: a\\ndirectory: d\\nextra: 1\\ntargets: []|extra",
                "server: not a url\\nname: a\\ndirectory: d\\ntargets: []|server",
                "server: http://localhost\\nname: a\\ndirectory: \"d\\0\"\\ntargets: []|directory",
            })
    void an_agent_configuration_that_is_wrong_is_named_with_its_place(String text, String place) throws IOException {
        Path file = Files.createTempFile(work, "agent", ".yaml");
        Files.writeString(file, text.replace("\\n", "\n"));

        Ran ran = team.as("admin").run("agent", "--config", file.toString()).exits(2);

        assertThat(ran.err()).contains(place).doesNotContain("Exception");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "test --suite unit|<testsuite|report.xml",
                "test --suite unit|<html/>|report.xml",
                "test --suite unit|<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><testsuite name='&e;'/>|report.xml",
                "test --suite unit|<testsuite tests='1'><testcase name='a'></testsuite>|report.xml",
                "sbom|{\"bomFormat\": \"CycloneDX\"|line",
                "sbom|{\"x\": 1}|CycloneDX",
                "scan|[|line",
            })
    void a_document_that_is_wrong_is_refused_with_its_place(String kind, String text, String place) throws IOException {
        Path file = Files.createDirectories(work.resolve("documents")).resolve("report.xml");
        Files.writeString(file, text);
        String line = "attest " + kind + " --artifact " + digest + " " + file;

        Ran ran = team.as("builder").run(line.split(" ")).exits(2);

        assertThat(ran.err()).contains(place).doesNotContain("Exception").doesNotContain("root:");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "{\"statements\": []}", "\u0000\u0001"})
    void a_proof_that_is_none_is_never_verified(String text) throws IOException {
        Path file = Files.createTempFile(work, "proof", ".json");
        Files.writeString(file, text);
        team.as("viewer")
                .run("login", server.url(), "--token", team.token("viewer"))
                .done();

        Ran ran = team.as("viewer").run("verify", file.toString()).exits(2);

        assertThat(ran.err()).doesNotContain("Exception");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "status",
                "running",
                "why dev/shop",
                "build",
                "promote shop@1 --to dev",
                "ledger verify",
                "token list",
                "pull shop@1",
                "history dev/shop",
                "trace x",
                "config get dev/shop",
                "rollback dev/shop --why x"
            })
    void a_server_that_does_not_answer_is_three(String line) {
        Cli cli = team.as("admin")
                .in(work.resolve("shop"))
                .with("WAYBILL_URL", "http://127.0.0.1:" + ServerProcess.freePort());

        cli.run(line.split(" ")).refused(3, "SERVER_UNREACHABLE");
    }

    @Test
    void a_url_that_is_none_is_misuse() {
        team.as("admin").with("WAYBILL_URL", "not a url").run("status").exits(2);
        team.as("admin").run("login", "ftp://host", "--token", "x").exits(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "viewer|promote DIGEST --to dev",
                "viewer|register DIGEST --application shop --commit 1111111111111111111111111111111111111111",
                "viewer|apply -f waybill.yaml",
                "viewer|config set dev/shop GREETING=x",
                "viewer|token list",
                "viewer|tag DIGEST 1.0.0",
                "viewer|veto DIGEST --reason x",
                "viewer|test DIGEST --suite x -- true",
                "builder|promote DIGEST --to dev",
                "builder|apply -f waybill.yaml",
                "builder|config set dev/shop GREETING=x",
                "promoter|config set dev/shop GREETING=x",
                "promoter|token create --actor x --role viewer",
                "approver|promote DIGEST --to dev",
                "approver|hold dev/shop --reason x",
                "approver|rollback dev/shop --why x",
                "configurer|promote DIGEST --to dev",
                "configurer|agent invite a --slot dev/shop",
                "configurer|test DIGEST --suite x -- true",
            })
    void a_role_may_do_its_own_and_nothing_else(String actor, String line) {
        Cli cli = team.as(actor).in(work.resolve("shop"));

        cli.run(line.replace("DIGEST", digest).split(" ")).refused(1, "FORBIDDEN");
    }

    @Test
    void a_test_whose_outcome_nobody_would_take_is_not_run() {
        team.as("viewer")
                .in(work)
                .run(
                        "test",
                        digest,
                        "--suite",
                        "x",
                        "--",
                        "touch",
                        work.resolve("ran").toString())
                .refused(1, "FORBIDDEN");

        assertThat(work.resolve("ran")).doesNotExist();
    }

    @Test
    void a_right_for_one_application_and_environment_ends_there() {
        Cli narrow = team.join("narrow", "narrow@example.org", "promoter:other", "configurer:shop:staging");

        narrow.run("promote", digest, "--to", "dev").refused(1, "FORBIDDEN");
        narrow.run("config", "set", "dev/shop", "GREETING=x").refused(1, "FORBIDDEN");
        narrow.run("config", "set", "staging/shop", "GREETING=x").done();
    }

    @Test
    void a_token_that_was_revoked_opens_nothing_from_then_on() {
        Cli leaving = team.join("leaving", "leaving@example.org", "viewer");
        leaving.run("status").done();
        String id = team.as("admin")
                .json("token", "list")
                .done()
                .json()
                .valueStream()
                .filter(t -> t.path("actor").asString().equals("leaving"))
                .map(t -> t.path("id").asString())
                .findFirst()
                .orElseThrow();

        team.as("admin").run("token", "revoke", id).done();

        leaving.run("status").refused(1, "TOKEN_REVOKED");
        leaving.run("pull", digest).refused(1, "TOKEN_REVOKED");
        team.as("admin")
                .with("WAYBILL_TOKEN", "wbt_" + "x".repeat(43))
                .run("status")
                .refused(1, "UNAUTHENTICATED");
    }

    @Test
    void a_refusal_in_json_has_the_same_parts() {
        Ran ran = team.as("viewer").json("promote", digest, "--to", "dev").exits(1);

        assertThat(ran.out()).isEmpty();
        assertThat(List.of("code", "tried", "missing", "next", "exit"))
                .allSatisfy(part -> assertThat(ran.err()).contains("\"" + part + "\""));
    }
}
