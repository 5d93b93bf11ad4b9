package dev.waybill.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.core.json.Json;
import dev.waybill.core.name.Digest;
import dev.waybill.core.statement.PredicateTypes;
import dev.waybill.server.identity.Role;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The ledger, served and exported, before stock fsck of tessera and stock cosign. */
class LedgerExportTest {
    @TempDir
    Path directory;

    private Shipped shipped;

    @BeforeEach
    void ship() {
        shipped = new Shipped(directory.resolve("data"));
        shipped.awaitReferrers(3);
    }

    @AfterEach
    void close() {
        shipped.close();
    }

    private Path export() {
        Path to = directory.resolve("export");
        shipped.waybill(directory, "ledger", "export", "--to", to.toString());
        return to;
    }

    private Program program(String name) {
        return new Program(RealParts.program(name), directory.resolve("home"), Map.of());
    }

    private Program.Ran fsck(String storage, Path vkey, String... more) throws Exception {
        List<String> arguments =
                new ArrayList<>(List.of("--storage_url=" + storage, "--public_key=" + vkey, "-N=64", "--ui=false"));
        arguments.addAll(List.of(more));
        return program("fsck").run(arguments);
    }

    private String yes() {
        String[] note = new String(shipped.admin.ledger().checkpoint(), java.nio.charset.StandardCharsets.UTF_8)
                .split("\n", -1);
        return "Successfully fsck'd log with size " + note[1] + " and root " + note[2];
    }

    @Test
    void an_export_has_all_that_an_auditor_needs() throws Exception {
        Path export = export();

        long entries = shipped.admin
                .connection()
                .get("/api/v1/ledger/entries?limit=1", JsonNode.class)
                .path("size")
                .asLong();
        assertThat(export.resolve("checkpoint")).content().contains("\n" + entries + "\n");
        try (var statements = Files.list(export.resolve("statements"))) {
            assertThat(statements).hasSize((int) entries);
        }
        for (String name :
                List.of("trusted_root.json", "log.vkey", "trust.json", "ingest.pub", "verdict.pub", "record.pub")) {
            assertThat(export.resolve("trust").resolve(name)).isNotEmptyFile();
        }
        assertThat(export.resolve("README.md")).content().contains("The exit code says nothing");
        assertThatThrownBy(() -> shipped.waybill(directory, "ledger", "export", "--to", export.toString()))
                .hasMessageContaining("EXPORT_EXISTS");
    }

    @Test
    void fsck_agrees_with_the_export() throws Exception {
        Path export = export();

        Program.Ran ran = fsck("file://" + export + "/", export.resolve("trust/log.vkey"));

        assertThat(ran.text()).contains(yes());
    }

    @Test
    void fsck_agrees_with_the_server() throws Exception {
        Path vkey = directory.resolve("log.vkey");
        Files.write(vkey, shipped.admin.connection().bytes("/api/v1/ledger/trust?format=vkey"));

        Program.Ran ran = fsck(
                shipped.server.url() + "/ledger/", vkey, "--bearer_token=" + shipped.token("auditor", Role.VIEWER));

        assertThat(ran.text()).contains(yes());
    }

    @Test
    void fsck_does_not_agree_with_an_export_in_which_one_bit_of_an_entry_is_another() throws Exception {
        Path export = export();
        Path bundle;
        try (var files = Files.walk(export.resolve("tile/entries"))) {
            bundle = files.filter(Files::isRegularFile).findFirst().orElseThrow();
        }
        byte[] bytes = Files.readAllBytes(bundle);
        bytes[bytes.length - 1] ^= 1;
        Files.write(bundle, bytes);

        Program.Ran ran = fsck("file://" + export + "/", export.resolve("trust/log.vkey"));

        assertThat(ran.text()).doesNotContain("Successfully");
    }

    @Test
    void cosign_verifies_an_exported_statement_offline_and_refuses_it_for_other_bytes() throws Exception {
        Path export = export();
        shipped.close();

        Program.Ran right = cosign(export, shipped.artifact);
        Program.Ran wrong = cosign(export, Digest.sha256(new byte[0]));

        assertThat(right.exit()).as(right.text()).isZero();
        assertThat(wrong.exit()).as(wrong.text()).isNotZero();
    }

    private Program.Ran cosign(Path export, Digest about) throws Exception {
        return program("cosign")
                .run(List.of(
                        "verify-blob-attestation",
                        "--key",
                        export.resolve("trust/ingest.pub").toString(),
                        "--trusted-root",
                        export.resolve("trust/trusted_root.json").toString(),
                        "--type",
                        PredicateTypes.PROVENANCE,
                        "--bundle",
                        provenance(export).toString(),
                        "--digest",
                        about.hex(),
                        "--digestAlg",
                        "sha256"));
    }

    private static Path provenance(Path export) throws Exception {
        try (var statements = Files.list(export.resolve("statements"))) {
            return statements.filter(LedgerExportTest::isProvenance).findFirst().orElseThrow();
        }
    }

    private static boolean isProvenance(Path statement) {
        try {
            byte[] payload = java.util.Base64.getDecoder()
                    .decode(Json.parse(Files.readAllBytes(statement))
                            .path("dsseEnvelope")
                            .path("payload")
                            .asString());
            return Json.parse(payload).path("predicateType").asString().equals(PredicateTypes.PROVENANCE);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
