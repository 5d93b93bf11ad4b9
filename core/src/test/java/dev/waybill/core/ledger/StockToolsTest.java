package dev.waybill.core.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.waybill.core.statement.KeyRole;
import dev.waybill.core.statement.PublicKeys;
import dev.waybill.core.verify.SigstoreTrustedRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Programs that know nothing of Waybill verify its ledger: {@code fsck} of tessera the whole log, {@code cosign} one
 * statement with its inclusion, both from files and offline. docs/decisions/0001-ledger-leaf.md rests on this.
 */
class StockToolsTest {
    private static final int SIZE = 300;
    private static final int ASKED = 271;

    /** Here {@code fsck} is the one that checks file systems. */
    private static final List<String> SYSTEM = List.of("/sbin", "/usr/sbin", "/bin", "/usr/bin");

    private static final StaticLedger LEDGER = StaticLedger.ofSize(SIZE);

    @TempDir
    private static Path home;

    @BeforeAll
    static void write_everything_as_files() throws IOException {
        for (Map.Entry<String, byte[]> file : LEDGER.files().entrySet()) {
            write("ledger/" + file.getKey(), file.getValue());
        }
        write("ledger/checkpoint", LEDGER.checkpoint().bytes());
        write("log.vkey", (LEDGER.log().verifier() + "\n").getBytes(UTF_8));
        write("trusted_root.json", SigstoreTrustedRoot.write(LEDGER.trust(), Instant.parse("2026-01-01T00:00:00Z")));
        write(
                "ingest.pub",
                PublicKeys.toPem(LEDGER.key(KeyRole.INGEST).publicKey()).getBytes(UTF_8));
        write(
                "record.pub",
                PublicKeys.toPem(LEDGER.key(KeyRole.RECORD).publicKey()).getBytes(UTF_8));
        write("shop.jar", StaticLedger.artifact(ASKED));
        write("shop.sigstore.json", LEDGER.bundle(ASKED));
    }

    @Test
    void fsck_accepts_the_ledger() throws Exception {
        Outcome outcome = fsck(home.resolve("ledger"));
        assertThat(outcome.output()).contains(sound()).doesNotContain("fsck failed");
    }

    @Test
    void fsck_refuses_the_ledger_when_one_byte_of_any_file_is_changed() throws Exception {
        tool("fsck");
        for (String path : List.of(
                "checkpoint",
                "tile/entries/000",
                "tile/entries/001.p/44",
                "tile/0/000",
                "tile/0/001.p/44",
                "tile/1/000.p/1")) {
            Path copy = Files.createTempDirectory(home, "changed");
            copyTree(home.resolve("ledger"), copy);
            byte[] bytes = Files.readAllBytes(copy.resolve(path));
            bytes[bytes.length / 2] ^= 1;
            Files.write(copy.resolve(path), bytes);
            Outcome outcome = fsck(copy);
            assertThat(outcome.output()).as(path).contains("fsck failed").doesNotContain(sound());
        }
    }

    /** fsck v1.0.4 ends with 0 whatever it found: only this line says that all is well. */
    private static String sound() {
        return "Successfully fsck'd log with size " + SIZE + " and root "
                + LEDGER.range().root();
    }

    @Test
    void cosign_verifies_signature_subject_type_and_inclusion_of_a_statement() throws Exception {
        Outcome outcome = cosign("shop.sigstore.json", "ingest.pub", "shop.jar");
        assertThat(outcome.exit()).as(outcome.output()).isZero();
        assertThat(outcome.output()).contains("Verified OK");
    }

    @Test
    void cosign_refuses_another_key_another_artifact_and_another_log() throws Exception {
        write("other.jar", StaticLedger.artifact(ASKED + 1));
        StaticLedger other = new StaticLedger();
        assertThat(cosign("shop.sigstore.json", "record.pub", "shop.jar").exit())
                .isNotZero();
        assertThat(cosign("shop.sigstore.json", "ingest.pub", "other.jar").exit())
                .isNotZero();
        write("trusted_root.json", SigstoreTrustedRoot.write(other.trust(), Instant.parse("2026-01-01T00:00:00Z")));
        try {
            assertThat(cosign("shop.sigstore.json", "ingest.pub", "shop.jar").exit())
                    .isNotZero();
        } finally {
            write(
                    "trusted_root.json",
                    SigstoreTrustedRoot.write(LEDGER.trust(), Instant.parse("2026-01-01T00:00:00Z")));
        }
    }

    @Test
    void cosign_refuses_the_bundle_when_one_byte_of_what_counts_is_changed() throws Exception {
        tool("cosign");
        String bundle = new String(LEDGER.bundle(ASKED), UTF_8);
        for (String place :
                List.of("\"sig\":\"", "\"payload\":\"", "\"hashes\":[\"", "envelope\":\"ledger.acme.example\\n")) {
            int at = bundle.indexOf(place) + place.length() + 20;
            if (place.startsWith("envelope")) {
                at = bundle.indexOf("\\n", bundle.indexOf(place) + place.length()) + 10;
            }
            char changed = bundle.charAt(at) == 'A' ? 'B' : 'A';
            write("changed.json", (bundle.substring(0, at) + changed + bundle.substring(at + 1)).getBytes(UTF_8));
            Outcome outcome = cosign("changed.json", "ingest.pub", "shop.jar");
            assertThat(outcome.exit()).as(place + "\n" + outcome.output()).isNotZero();
        }
    }

    /** Many workers: each of them ends at the first difference it meets, and once all have, v1.0.4 waits for ever. */
    private static Outcome fsck(Path ledger) throws Exception {
        return run(List.of(
                tool("fsck"),
                "--storage_url=" + ledger.toUri().toString().replaceFirst("^file:/+", "file:///"),
                "--public_key=" + home.resolve("log.vkey"),
                "--origin=" + StaticLedger.ORIGIN,
                "-N=64",
                "--ui=false"));
    }

    private static Outcome cosign(String bundle, String key, String artifact) throws Exception {
        return run(List.of(
                tool("cosign"),
                "verify-blob-attestation",
                "--key=" + key,
                "--bundle=" + bundle,
                "--trusted-root=trusted_root.json",
                "--type=https://slsa.dev/provenance/v1",
                artifact));
    }

    private record Outcome(int exit, String output) {}

    private static Outcome run(List<String> command) throws Exception {
        Path output = Files.createTempFile(home, "output", ".txt");
        ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(command))
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("HOME", home.toString());
        Process process = builder.start();
        if (!process.waitFor(120, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException(command + " did not end");
        }
        return new Outcome(process.exitValue(), Files.readString(output));
    }

    private static String tool(String name) {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        Optional<Path> found = Stream.concat(
                        Arrays.stream(path.split(":")).map(Path::of),
                        Stream.of(Path.of(System.getProperty("user.home"), "go", "bin")))
                .filter(directory -> !name.equals("fsck") || !SYSTEM.contains(directory.toString()))
                .map(directory -> directory.resolve(name))
                .filter(Files::isExecutable)
                .findFirst();
        assumeTrue(
                found.isPresent(),
                () -> name + " is not on PATH nor in ~/go/bin (cosign v3.1.2; tessera cmd/fsck v1.0.4 are expected)");
        return found.orElseThrow().toString();
    }

    private static void write(String name, byte[] bytes) throws IOException {
        Path file = home.resolve(name);
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.write(file, bytes);
    }

    private static void copyTree(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                Files.createDirectories(Objects.requireNonNull(target.getParent()));
                Files.copy(file, target);
            }
        }
    }
}
