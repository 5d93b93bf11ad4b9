package dev.waybill.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that cannot work where it stands says why and what to do, ends with 3, and harms nothing. */
@Tag("long")
@SuppressWarnings("NullAway.Init")
class BadPlaceTest {
    @TempDir
    Path work;

    @Test
    void a_port_in_use() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String said = refused(
                    "PORT_TAKEN", "--data", work.resolve("data").toString(), "--port", "" + taken.getLocalPort());

            assertThat(said).startsWith("Listening on ").doesNotContain("SEVERE", "Javalin", "\tat ");
        }
    }

    @Test
    void a_directory_that_another_server_holds() {
        try (ServerProcess first = ServerProcess.start(work)) {
            String said = refused("DATA_UNUSABLE", first.data());

            assertThat(said).contains("another Waybill server");
            assertThat(first.alive()).isTrue();
        }
    }

    @Test
    void a_directory_that_cannot_be_made() throws IOException {
        Path file = Files.writeString(work.resolve("file"), "in the way");

        assertThat(refused("DATA_UNUSABLE", file)).contains(file + " is a file, not a directory");
        assertThat(refused("DATA_UNUSABLE", file.resolve("data"))).contains(file + " is a file, not a directory");
        assertThat(refused("DATA_UNUSABLE", Path.of("/proc/nope/data"))).contains("nothing can be made in /proc");
    }

    @Test
    void a_directory_without_a_name() {
        try (LiveProcess server = ServerProcess.attempt(work, "--data", "", "--port", "0")) {
            assertThat(server.exit()).as(server.said()).isEqualTo(2);
            assertThat(server.said()).contains("--data names no directory", "SERVER_OPTIONS");
        }
    }

    @Test
    void keys_that_others_can_read_are_missing_or_broken_and_data_of_a_newer_version() throws Exception {
        ServerProcess server = ServerProcess.start(work);
        new Team(work, server).as("admin").run("status").done();
        Path configuration = server.data().resolve("keys/configuration.key");
        assertThat(server.stop()).isZero();

        for (Path key : files(server.data().resolve("keys"))) {
            Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
            assertThat(attempt(server.data()))
                    .contains("can")
                    .contains(key.getFileName().toString());
            Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        }
        for (Path key : files(server.data().resolve("keys"))) {
            byte[] good = Files.readAllBytes(key);
            Files.write(key, new byte[] {'x'});
            assertThat(attempt(server.data())).doesNotContain("\tat ");
            Files.write(key, good);
        }
        assertThat(configuration).exists();
        flyway(
                server.data(),
                "INSERT INTO flyway_schema_history (installed_rank, version, description, type, script,"
                        + " checksum, installed_by, execution_time, success)"
                        + " VALUES (999, '999', 'future', 'SQL', 'V999__future.sql', 1, 'x', 1, 1)");
        refused("DATA_NEWER_THAN_PROGRAM", server.data());
        flyway(server.data(), "DELETE FROM flyway_schema_history WHERE installed_rank = 999");

        server.again();

        try (server) {
            new Team(work, server).as("admin").run("ledger", "verify").done();
        }
    }

    @Test
    void a_full_disk_refuses_loudly_and_loses_nothing() {
        Path mounted = work.resolve("small");
        Path port = work.resolve("unused");
        assertThat(mounted.toFile().mkdirs()).isTrue();
        int free = ServerProcess.freePort();
        String script = "mount -t tmpfs -o size=12m tmpfs " + mounted + " || exit 77; touch " + port + "; exec \"$@\"";
        List<String> command = new java.util.ArrayList<>(
                List.of(RealParts.program("unshare").toString(), "-rm", "sh", "-c", script, "sh"));
        command.addAll(LiveProcess.waybill("server", "--data", mounted + "/data", "--port", "" + free));
        try (LiveProcess server = LiveProcess.start("small-server", work, Map.of(), command)) {
            Until.holds("mounted or not", server::said, () -> Files.exists(port) || !server.alive());
            if (!Files.exists(port)) {
                throw RealParts.missing("the right to mount a tmpfs in a namespace of its own");
            }
            server.untilSays("waybill login");
            Cli admin = admin("http://127.0.0.1:" + free, token(server.said()));
            TempGit git = TempGit.create(work.resolve("fat")).write("waybill.yaml", """
                            application: fat
                            build: {command: sh build.sh, outputs: [app.bin]}
                            """);
            String small = git.write("build.sh", "echo small > app.bin\n").commit("Small");
            admin.in(git.directory()).run("build").done();
            git.write("build.sh", "head -c 30000000 /dev/urandom > app.bin\n").commit("Too large for this disk");

            Ran full = admin.in(git.directory()).run("build").exits(3);

            assertThat(full.err()).doesNotContain("Exception");
            assertThat(server.alive()).isTrue();
            admin.run("pull", "fat@" + small, "--to", work.resolve("pulled").toString())
                    .done();
            git.write("build.sh", "echo small again > app.bin\n").commit("Small again");
            admin.in(git.directory()).run("build").done();
            admin.run("ledger", "verify").done();
        }
    }

    private Cli admin(String url, String token) {
        return new Cli(
                work,
                Map.of(
                        "WAYBILL_URL", url,
                        "WAYBILL_TOKEN", token,
                        "WAYBILL_CONFIG_DIR", work.resolve("config").toString()));
    }

    private static String token(String said) {
        return new Ran("server", 0, said, "").find("wbt_[A-Za-z0-9_-]+");
    }

    private String refused(String code, Path data) {
        return refused(code, "--data", data.toString(), "--port", "0");
    }

    private String refused(String code, String... arguments) {
        try (LiveProcess server = ServerProcess.attempt(work, arguments)) {
            assertThat(server.exit()).as(server.said()).isEqualTo(3);
            assertThat(server.said()).contains(code).doesNotContain("Exception");
            return server.said();
        }
    }

    private String attempt(Path data) {
        try (LiveProcess server = ServerProcess.attempt(work, "--data", data.toString(), "--port", "0")) {
            assertThat(server.exit()).as(server.said()).isEqualTo(3);
            return server.said();
        }
    }

    private static List<Path> files(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static void flyway(Path data, String sql) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("waybill.sqlite"));
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }
}
