package dev.waybill.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.core.statement.PredicateTypes;
import dev.waybill.core.statement.PublicKeys;
import dev.waybill.core.statement.SigningKey;
import dev.waybill.server.identity.Role;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stock cosign finds our statements beside the artifact in our registry and verifies signature, subject and log inclusion. */
class CosignTest {
    @TempDir
    Path directory;

    private Shipped shipped;
    private Program cosign;

    @BeforeEach
    void ship() throws Exception {
        Path executable = RealParts.program("cosign");
        shipped = new Shipped(directory.resolve("data"));
        shipped.awaitReferrers(3);
        String registry = "127.0.0.1:" + shipped.server.port();
        String auth =
                Base64.getEncoder().encodeToString(("x:" + shipped.token("auditor", Role.VIEWER)).getBytes(UTF_8));
        Path docker = Files.createDirectories(directory.resolve("docker"));
        Files.writeString(
                docker.resolve("config.json"), "{\"auths\":{\"" + registry + "\":{\"auth\":\"" + auth + "\"}}}");
        cosign = new Program(executable, directory.resolve("home"), Map.of("DOCKER_CONFIG", docker.toString()));
        for (String role : List.of("ingest", "verdict", "record")) {
            Files.write(key(role), get("/api/v1/ledger/trust?format=pem&role=" + role));
        }
        Files.write(trustedRoot(), get("/api/v1/ledger/trust?format=sigstore"));
    }

    @AfterEach
    void close() {
        if (shipped != null) {
            shipped.close();
        }
    }

    private byte[] get(String path) {
        return shipped.admin.connection().bytes(path);
    }

    private Path key(String role) {
        return directory.resolve(role + ".pub");
    }

    private Path trustedRoot() {
        return directory.resolve("trusted_root.json");
    }

    private Program.Ran verify(Path key, String type) throws Exception {
        return cosign.run(List.of(
                "verify-attestation",
                "--key",
                key.toString(),
                "--trusted-root",
                trustedRoot().toString(),
                "--type",
                type,
                "--allow-http-registry",
                "127.0.0.1:" + shipped.server.port() + "/" + Shipped.SHOP + "@" + shipped.artifact));
    }

    @Test
    void cosign_verifies_provenance_tests_and_the_decision_through_the_registry() throws Exception {
        Program.Ran provenance = verify(key("ingest"), PredicateTypes.PROVENANCE);
        Program.Ran test = verify(key("ingest"), PredicateTypes.TEST_RESULT);
        Program.Ran decision = verify(key("verdict"), PredicateTypes.VERIFICATION_SUMMARY);

        assertThat(provenance.exit()).as(provenance.text()).isZero();
        assertThat(provenance.text())
                .contains("Verification for 127.0.0.1")
                .contains("transparency log")
                .contains("\"payload\"");
        assertThat(test.exit()).as(test.text()).isZero();
        assertThat(decision.exit()).as(decision.text()).isZero();
    }

    @Test
    void cosign_refuses_another_key() throws Exception {
        Path stranger = directory.resolve("stranger.pub");
        Files.writeString(
                stranger, PublicKeys.toPem(SigningKey.generate().getPublic().getEncoded()));

        Program.Ran ran = verify(stranger, PredicateTypes.PROVENANCE);

        assertThat(ran.exit()).as(ran.text()).isNotZero();
    }

    @Test
    void cosign_refuses_a_kind_of_statement_that_nobody_made() throws Exception {
        Program.Ran ran = verify(key("ingest"), PredicateTypes.CYCLONEDX);

        assertThat(ran.exit()).as(ran.text()).isNotZero();
    }

    @Test
    void cosign_refuses_a_log_that_it_does_not_know() throws Exception {
        try (Shipped other = new Shipped(directory.resolve("other"))) {
            Files.write(trustedRoot(), other.admin.connection().bytes("/api/v1/ledger/trust?format=sigstore"));
        }

        Program.Ran ran = verify(key("ingest"), PredicateTypes.PROVENANCE);

        assertThat(ran.exit()).as(ran.text()).isNotZero();
    }
}
