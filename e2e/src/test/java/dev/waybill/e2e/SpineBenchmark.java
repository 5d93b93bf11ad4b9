package dev.waybill.e2e;

import dev.waybill.core.name.ActorName;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.CommitId;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.Version;
import dev.waybill.core.predicate.Label;
import dev.waybill.core.statement.Signed;
import dev.waybill.core.statement.Statement;
import dev.waybill.core.statement.Subject;
import dev.waybill.server.db.Database;
import dev.waybill.server.db.SqliteDatabase;
import dev.waybill.server.ledger.FileLedger;
import dev.waybill.server.ledger.Ledger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How long the way takes: from a promotion's decision to the agent's switch with an artifact of 50 MB, a rollback with
 * everything down, and durable appends to the ledger. Prints every value in milliseconds; nothing here can fail a build.
 */
final class SpineBenchmark {
    private static final int TIMES = 7;
    private static final int MEGABYTES = 50;

    private SpineBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        Path work = Files.createTempDirectory("waybill-spine").toRealPath();
        appends(work.resolve("ledger"));
        try (ServerProcess server = ServerProcess.start(work)) {
            Team team = Team.usual(work, server);
            TempGit git = TempGit.service(Files.createDirectories(work.resolve("git")), "bench")
                    .write("build.sh", """
                            mkdir -p out/app
                            cp -r src/. out/app
                            head -c %d /dev/urandom > out/app/ballast
                            """.formatted(MEGABYTES * 1_000_000));
            git.commit("A service with ballast");
            team.as("admin")
                    .in(work.resolve("git"))
                    .run("apply", "-f", "waybill.yaml")
                    .done();
            try (AgentProcess agent = AgentProcess.start(work, team, "dev", "bench")) {
                promotions(team, git, agent, work);
                server.kill();
                rollbacks(team, agent);
            }
        }
    }

    private static void promotions(Team team, TempGit git, AgentProcess agent, Path work) throws IOException {
        List<Long> took = new ArrayList<>();
        for (int i = 0; i < TIMES; i++) {
            String commit = git.change("round " + i);
            team.as("builder").in(work.resolve("git")).run("build").done();
            String id = team.deployed("promoter", "bench@" + commit, "dev");
            Instant decided = Instant.parse(
                    team.as("admin").json("status", id).json().path("decidedAt").asString());
            took.add(Duration.between(decided, switched(agent)).toMillis());
        }
        print("promotion decided -> switched, " + MEGABYTES + " MB, all bytes new to the host", took);
    }

    private static void rollbacks(Team team, AgentProcess agent) throws IOException {
        List<Long> whole = new ArrayList<>();
        List<Long> switching = new ArrayList<>();
        for (int i = 0; i < TIMES; i++) {
            Instant start = Instant.now();
            String to = Integer.toString(i % 2 == 0 ? TIMES - 1 : TIMES);
            team.as("admin")
                    .run(
                            "agent",
                            "rollback",
                            "dev/bench",
                            "--to",
                            to,
                            "--why",
                            "bench",
                            "--config",
                            agent.config().toString())
                    .done();
            whole.add(Duration.between(start, Instant.now()).toMillis());
            switching.add(Duration.between(start, switched(agent)).toMillis());
        }
        print("rollback, server down: command -> switched (with the start of the command's JVM)", switching);
        print("rollback, server down: command -> healthy, command ended", whole);
    }

    private static Instant switched(AgentProcess agent) throws IOException {
        return Files.getLastModifiedTime(agent.root().resolve("current"), LinkOption.NOFOLLOW_LINKS)
                .toInstant();
    }

    private static void appends(Path data) throws Exception {
        Files.createDirectories(data);
        int each = 2_000;
        for (int threads : new int[] {1, 4}) {
            Path place = Files.createDirectories(data.resolve("threads-" + threads));
            try (Database database = SqliteDatabase.open(place.resolve("waybill.sqlite"));
                    Ledger ledger = FileLedger.open(database, place, null, Clock.systemUTC());
                    ExecutorService pool = Executors.newFixedThreadPool(threads)) {
                ledger.start();
                AtomicInteger number = new AtomicInteger();
                List<Callable<Integer>> work = new ArrayList<>();
                for (int t = 0; t < threads; t++) {
                    work.add(() -> {
                        for (int i = 0; i < each; i++) {
                            append(database, ledger, number.incrementAndGet());
                        }
                        return each;
                    });
                }
                pool.invokeAll(work.subList(0, 1));
                long start = System.nanoTime();
                for (Future<Integer> done : pool.invokeAll(work)) {
                    done.get();
                }
                double seconds = (System.nanoTime() - start) / 1e9;
                System.out.printf(
                        "durable ledger appends, SQLite, %d thread(s): %.0f per second%n",
                        threads, threads * each / seconds);
            }
        }
    }

    private static void append(Database database, Ledger ledger, int number) {
        Digest digest = Digest.sha256(Integer.toString(number).getBytes(java.nio.charset.StandardCharsets.UTF_8));
        Label label = new Label(
                new ApplicationName("bench"),
                new Version("v" + number),
                "set",
                null,
                new ActorName("bench"),
                Instant.EPOCH);
        CommitId commit = new CommitId("a".repeat(40));
        Signed signed = ledger.keys()
                .record()
                .sign(Statement.of(label, Subject.of("bench", digest), Subject.of("commit", commit)));
        database.change(tx -> ledger.append(tx, signed));
    }

    private static void print(String what, List<Long> millis) {
        long[] sorted = millis.stream().mapToLong(Long::longValue).sorted().toArray();
        System.out.printf(
                "%s: median %d ms, min %d, max %d, all %s%n",
                what, sorted[sorted.length / 2], sorted[0], sorted[sorted.length - 1], Arrays.toString(sorted));
    }
}
