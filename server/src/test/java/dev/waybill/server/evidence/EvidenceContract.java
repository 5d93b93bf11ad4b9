package dev.waybill.server.evidence;

import static dev.waybill.server.artifact.Rooms.PACKER;
import static dev.waybill.server.artifact.Rooms.SHOP;
import static dev.waybill.server.artifact.Rooms.commit;
import static dev.waybill.server.artifact.Rooms.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.api.evidence.EvidenceInfo;
import dev.waybill.api.evidence.EvidenceRequest;
import dev.waybill.api.evidence.ReportRef;
import dev.waybill.api.evidence.TestRequest;
import dev.waybill.core.name.ActorName;
import dev.waybill.core.name.AgentName;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.ReleaseId;
import dev.waybill.core.name.Slot;
import dev.waybill.core.predicate.Deployment;
import dev.waybill.core.predicate.KeyChange;
import dev.waybill.core.predicate.Observation;
import dev.waybill.core.predicate.TestResult;
import dev.waybill.core.statement.KeyRole;
import dev.waybill.core.statement.Predicate;
import dev.waybill.core.statement.PredicateTypes;
import dev.waybill.core.statement.Signed;
import dev.waybill.core.statement.SigningKey;
import dev.waybill.core.statement.Statement;
import dev.waybill.core.statement.Subject;
import dev.waybill.server.artifact.Rooms;
import dev.waybill.server.db.TestDatabases;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the room of evidence promises, on each database. */
abstract class EvidenceContract {
    private static final Slot STAGING = Slot.parse("staging/shop");
    private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");
    private static final Observation.ProcessSeen PROCESS = new Observation.ProcessSeen(42, NOON.minusSeconds(3600));
    private static final String GREEN = "<testsuite tests='1'><testcase name='a' classname='A'/></testsuite>";

    @TempDir
    Path data;

    private Rooms rooms;
    private Evidence evidence;
    private Digest artifact;
    private SigningKey agent;
    private long number;

    abstract TestDatabases.Place place();

    @BeforeEach
    void open() {
        rooms = new Rooms(place(), data);
        evidence = new Evidence(rooms.database, rooms.artifacts, rooms.registry.contents(), rooms.ledger, rooms.keeps);
        artifact = rooms.push(SHOP, text("jar"));
        rooms.register(commit('a'), artifact);
        agent = enrol(STAGING);
    }

    @AfterEach
    void close() {
        rooms.close();
    }

    @Test
    void a_test_run_is_recounted_signed_logged_and_its_report_kept() throws IOException {
        ReportRef report = report(GREEN);

        EvidenceInfo info = evidence.record(run(TestResult.Binding.FETCHED, null, report), PACKER);

        assertThat(info.result()).isEqualTo("PASSED");
        assertThat(info.claimed()).isFalse();
        var entry = rooms.reading(tx -> rooms.ledger.find(tx, info.statement())).orElseThrow();
        assertThat(entry.signed().publicKey())
                .isEqualTo(rooms.ledger.keys().ingest().publicKey());
        assertThat(entry.statement().isAbout(artifact)).isTrue();
        TestResult said = entry.statement().predicate(TestResult.class, PredicateTypes.TEST_RESULT);
        assertThat(said.counts()).isEqualTo(new TestResult.Counts(1, 1, 0, 0, 0));
        assertThat(said.passedTests()).containsExactly("A.a");
        assertThat(said.run().runner()).isEqualTo(PACKER);
        assertThatThrownBy(() -> rooms.registry.contents().delete(SHOP, report.digest(), PACKER))
                .hasMessageStartingWith("KEPT");
        List<EvidenceInfo> about = rooms.reading(tx -> evidence.about(tx, artifact));
        assertThat(about).containsExactly(info);
    }

    @Test
    void a_report_that_is_not_there_or_not_about_a_registered_artifact_is_refused() {
        ReportRef nowhere = new ReportRef("x.xml", Digest.sha256(text("nowhere")), 7, "application/xml");
        Digest unregistered = rooms.push(SHOP, text("other"));
        TestRequest other =
                new TestRequest(SHOP, unregistered, "unit", TestResult.Binding.FETCHED, ended(0), List.of(), null);

        assertThatThrownBy(() -> evidence.record(run(TestResult.Binding.FETCHED, null, nowhere), PACKER))
                .hasMessageStartingWith("REPORT_MISSING");
        assertThatThrownBy(() -> evidence.record(other, PACKER)).hasMessageStartingWith("ARTIFACT_UNKNOWN");
        List<EvidenceInfo> about = rooms.reading(tx -> evidence.about(tx, artifact));
        assertThat(about).isEmpty();
    }

    @Test
    void an_empty_report_is_a_failure_and_without_reports_the_exit_code_decides() throws IOException {
        assertThat(evidence.record(run(TestResult.Binding.FETCHED, null, report("<testsuites/>")), PACKER)
                        .result())
                .isEqualTo("FAILED");
        assertThat(evidence.record(run(TestResult.Binding.FETCHED, null), PACKER)
                        .result())
                .isEqualTo("PASSED");
    }

    @Test
    void inside_the_build_counts_only_from_who_built_it() throws IOException {
        EvidenceInfo builder = evidence.record(run(TestResult.Binding.BUILD, null, report(GREEN)), PACKER);
        EvidenceInfo other =
                evidence.record(run(TestResult.Binding.BUILD, null, report(GREEN)), new ActorName("intruder"));

        assertThat(builder.claimed()).isFalse();
        assertThat(other.claimed()).isTrue();
    }

    @Test
    void an_observed_run_counts_when_the_agent_saw_these_bytes_before_and_after() throws IOException {
        TestResult.Target target = target(seen(artifact, 0, PROCESS), seen(artifact, 100, PROCESS));

        EvidenceInfo info = evidence.record(run(TestResult.Binding.OBSERVED, target, report(GREEN)), PACKER);

        assertThat(info.result()).isEqualTo("PASSED");
        assertThat(info.claimed()).isFalse();
        assertThat(info.sentence()).contains("as the agent saw before and after");
    }

    @Test
    void a_run_against_other_bytes_is_refused() {
        Digest other = Digest.sha256(text("something else"));
        TestResult.Target target = target(seen(other, 0, PROCESS), seen(other, 100, PROCESS));

        refuses(target, "TESTED_OTHER_BYTES");
    }

    @Test
    void another_process_afterwards_is_a_changed_target() {
        Observation.ProcessSeen restarted = new Observation.ProcessSeen(42, NOON.plusSeconds(50));

        refuses(target(seen(artifact, 0, PROCESS), seen(artifact, 100, restarted)), "TARGET_CHANGED");
    }

    @Test
    void observations_that_do_not_enclose_the_run_are_refused() {
        refuses(target(seen(artifact, 20, PROCESS), seen(artifact, 100, PROCESS)), "TARGET_CHANGED");
        refuses(target(seen(artifact, 0, PROCESS), seen(artifact, 60, PROCESS)), "TARGET_CHANGED");
    }

    @Test
    void anything_else_seen_or_deployed_in_between_is_a_changed_target() {
        Digest before = seen(artifact, 0, PROCESS);
        Digest first = seen(artifact, 100, PROCESS);
        seen(Digest.sha256(text("other")), 50, PROCESS);
        refuses(target(before, first), "TARGET_CHANGED");

        Digest later = seen(artifact, 200, PROCESS);
        Digest last = seen(artifact, 300, PROCESS);
        deployed(250);
        TestRequest request = new TestRequest(
                SHOP,
                artifact,
                "acceptance",
                TestResult.Binding.OBSERVED,
                new TestResult.Run("r", "x", 0, NOON.plusSeconds(210), NOON.plusSeconds(290), PACKER, List.of()),
                List.of(),
                target(later, last));
        assertThatThrownBy(() -> evidence.record(request, PACKER))
                .hasMessageStartingWith("TARGET_CHANGED")
                .hasMessageContaining("was deployed");
    }

    @Test
    void observations_of_no_agent_or_of_an_agent_of_another_slot_are_refused() {
        SigningKey stranger = key(SigningKey.generate());
        SigningKey elsewhere = enrol(Slot.parse("production/shop"));
        for (SigningKey signer : List.of(stranger, elsewhere)) {
            agent = signer;
            refuses(target(seen(artifact, 0, PROCESS), seen(artifact, 100, PROCESS)), "OBSERVATION_UNTRUSTED");
        }
        Digest unknown = Digest.sha256(text("no statement"));
        refuses(target(unknown, unknown), "OBSERVATION_UNKNOWN");
    }

    @Test
    void a_document_is_signed_by_reference_and_kept() throws IOException {
        ReportRef sbom = report("{\"bomFormat\":\"CycloneDX\"}");

        EvidenceInfo info =
                evidence.record(new EvidenceRequest(SHOP, artifact, "https://cyclonedx.org/bom", sbom), PACKER);

        assertThat(info.predicateType()).isEqualTo(PredicateTypes.REFERENCE);
        assertThat(info.sentence()).contains("https://cyclonedx.org/bom");
        assertThatThrownBy(() -> rooms.registry.contents().delete(SHOP, sbom.digest(), PACKER))
                .hasMessageStartingWith("KEPT");
    }

    private void refuses(TestResult.Target target, String code) {
        long size = rooms.database.read(rooms.ledger::size);
        assertThatThrownBy(() -> evidence.record(run(TestResult.Binding.OBSERVED, target), PACKER))
                .hasMessageStartingWith(code);
        assertThat(rooms.database.read(rooms.ledger::size)).isEqualTo(size);
    }

    private TestRequest run(TestResult.Binding binding, TestResult.@Nullable Target target, ReportRef... reports) {
        return new TestRequest(SHOP, artifact, "unit", binding, ended(0), List.of(reports), target);
    }

    private static TestResult.Run ended(int exitCode) {
        return new TestResult.Run(
                "run-1",
                "mvn verify",
                exitCode,
                NOON.plusSeconds(10),
                NOON.plusSeconds(90),
                new ActorName("whoever"),
                List.of());
    }

    private ReportRef report(String content) {
        try {
            Digest digest = Digest.sha256(text(content));
            rooms.registry.contents().put(SHOP, digest, text(content));
            boolean xml = content.startsWith("<");
            return new ReportRef(
                    xml ? "report.xml" : "bom.json",
                    digest,
                    text(content).length,
                    xml ? "application/xml" : "application/json");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static TestResult.Target target(Digest before, Digest after) {
        return new TestResult.Target(STAGING, before, after);
    }

    private static SigningKey key(KeyPair pair) {
        return new SigningKey(pair.getPrivate(), pair.getPublic().getEncoded());
    }

    private SigningKey enrol(Slot slot) {
        SigningKey key = key(SigningKey.generate());
        KeyChange change = new KeyChange(
                "added",
                KeyRole.AGENT,
                "agent/one",
                Base64.getEncoder().encodeToString(key.publicKey()),
                List.of(slot),
                NOON);
        append(rooms.ledger.keys().record(), change, Digest.sha256(key.publicKey()));
        return key;
    }

    private Digest seen(Digest digest, int second, Observation.ProcessSeen process) {
        Observation observation = new Observation(
                new AgentName("one"),
                "web",
                ++number,
                null,
                STAGING,
                Observation.State.RUNNING,
                digest,
                null,
                "the files of the process",
                process,
                List.of(),
                NOON.plusSeconds(second),
                null);
        return append(agent, observation, digest);
    }

    private void deployed(int second) {
        Deployment deployment = new Deployment(
                new AgentName("one"),
                "web",
                ++number,
                null,
                new ReleaseId(STAGING, 7),
                Deployment.Outcome.SUCCEEDED,
                null,
                false,
                null,
                null,
                NOON.plusSeconds(second),
                NOON.plusSeconds(second),
                "healthy",
                null);
        append(agent, deployment, artifact);
    }

    private Digest append(SigningKey key, Predicate said, Digest subject) {
        Signed signed = key.sign(Statement.of(said, Subject.of("it", subject)));
        rooms.database.change(tx -> rooms.ledger.append(tx, signed));
        return signed.id();
    }
}
