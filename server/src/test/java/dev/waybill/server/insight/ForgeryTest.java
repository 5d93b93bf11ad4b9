package dev.waybill.server.insight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.api.artifact.TagRequest;
import dev.waybill.api.promotion.ApprovalRequest;
import dev.waybill.api.promotion.MarkRequest;
import dev.waybill.api.promotion.PipelineView;
import dev.waybill.api.promotion.PromotionView;
import dev.waybill.core.json.Json;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.ReleaseId;
import dev.waybill.core.name.Version;
import dev.waybill.core.predicate.Approval;
import dev.waybill.core.predicate.Mark;
import dev.waybill.core.predicate.TestResult;
import dev.waybill.server.ServerConfig;
import dev.waybill.server.identity.Role;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Somebody writes to the running server's database: whatever a row then claims, the ledger does not. */
class ForgeryTest {
    @TempDir
    static Path data;

    private static Story story;
    private static String cluster;
    private static Digest unapproved;

    @BeforeAll
    static void tellAStory() throws Exception {
        story = new Story(ServerConfig.of(data, 0));
        story.enrol();
        story.configure(Story.STAGING, Map.of("EXTRA", Story.secret("one")));
        Digest artifact = story.build(1, "First").digest();
        PromotionView staging = story.promote(artifact, Story.STAGING);
        ReleaseId release = Objects.requireNonNull(staging.release(), staging.next());
        story.deploy(release, artifact);
        story.see(release, artifact);
        story.test(artifact, TestResult.Binding.FETCHED, 0);
        PromotionView asked = story.promote(artifact, Story.PRODUCTION);
        story.client(Role.APPROVER)
                .promotions()
                .decide(asked.id(), new ApprovalRequest(Approval.Decision.APPROVED, "looks fine", asked.covers()));
        story.client(Role.PROMOTER).artifacts().tag(new TagRequest(artifact.toString(), new Version("1.0.0")));
        Digest refused = story.build(2, "Second").digest();
        unapproved = refused;
        cluster = story.limited(Story.PRODUCTION);
        story.buryOne();
        story.promote(refused, Story.PRODUCTION);
        story.client(Role.PROMOTER)
                .promotions()
                .mark(new MarkRequest(Mark.Kind.PIN, false, null, artifact.toString(), "An auditor asks."));
        awaitFollowers();
    }

    /** What is not followed yet is not compared, and would be written while somebody forges. */
    private static void awaitFollowers() throws SQLException {
        long end = System.nanoTime() + Duration.ofSeconds(40).toNanos();
        try (Connection reader = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("waybill.sqlite"));
                var sql = reader.createStatement()) {
            while (true) {
                try (var behind = sql.executeQuery(
                        "SELECT (SELECT size FROM ledger_tree)" + " - (SELECT next_index FROM promotion_follower)")) {
                    if (behind.next() && behind.getLong(1) == 0) {
                        return;
                    }
                }
                assertThat(System.nanoTime()).as("the follower is late").isLessThan(end);
                LockSupport.parkNanos(20_000_000);
            }
        }
    }

    @AfterAll
    static void stop() {
        story.close();
    }

    @Test
    void an_honest_database_has_no_findings() {
        assertThat(findings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            artifact            | UPDATE artifact SET commit_id = 'ffffffffffffffffffffffffffffffffffffffff' WHERE ledger_index = (SELECT MIN(ledger_index) FROM artifact)
            artifact            | DELETE FROM artifact
            artifact_part       | INSERT INTO artifact_part SELECT MIN(a.digest), MAX(a.digest), 'manifest', NULL FROM artifact a
            artifact_part       | UPDATE artifact_part SET artifact = (SELECT MIN(digest) FROM artifact a WHERE a.digest <> artifact_part.artifact) WHERE role = 'layer'
            artifact_part       | UPDATE artifact_part SET title = 'other.jar' WHERE role = 'layer'
            artifact_part       | DELETE FROM artifact_part WHERE role = 'layer'
            artifact_part       | INSERT INTO artifact_part VALUES ('sha256:0000000000000000000000000000000000000000000000000000000000000000', 'sha256:0000000000000000000000000000000000000000000000000000000000000000', 'layer', NULL)
            file_inside         | INSERT INTO file_inside SELECT MIN(digest), 77, 'planted.class', 1, '0000000000000000000000000000000000000000000000000000000000000000' FROM layer_index
            file_inside         | INSERT INTO file_inside VALUES ('sha256:0000000000000000000000000000000000000000000000000000000000000000', 0, 'planted.class', 1, '0000000000000000000000000000000000000000000000000000000000000000')
            pull_allowance      | INSERT INTO pull_allowance VALUES ('cluster', 'staging')
            pull_allowance      | INSERT INTO pull_allowance VALUES ('viewer', 'production')
            pull_allowance      | DELETE FROM pull_allowance
            tombstone           | DELETE FROM tombstone
            tombstone           | UPDATE tombstone SET restorable_until = removed_at
            tombstone           | UPDATE tombstone SET gone_at = removed_at
            tombstone           | UPDATE tombstone SET size = size + 1
            tombstone           | UPDATE tombstone SET media_type = 'application/vnd.oci.image.index.v1+json'
            tombstone           | UPDATE tombstone SET digest = (SELECT digest FROM manifest LIMIT 1)
            pipeline            | UPDATE pipeline SET version = version + 7
            pipeline            | UPDATE pipeline SET application = 'other'
            pipeline            | DELETE FROM pipeline
            configuration       | UPDATE configuration SET version = version + 7
            configuration       | DELETE FROM configuration
            configuration_value | DELETE FROM configuration_value WHERE name = 'EXTRA'
            configuration_value | UPDATE configuration_value SET sealed = zeroblob(60)
            configuration_value | INSERT INTO configuration_value SELECT slot, version, 'PLANTED', sealed FROM configuration_value LIMIT 1
            promotion           | UPDATE promotion SET state = 'succeeded' WHERE state = 'refused'
            promotion           | UPDATE promotion SET slot = 'dev/shop' WHERE release_no IS NULL
            promotion           | UPDATE promotion SET artifact = 'sha256:0000000000000000000000000000000000000000000000000000000000000000'
            promotion           | UPDATE promotion SET summary = NULL WHERE release_no IS NOT NULL
            promotion           | UPDATE promotion SET summary = (SELECT MAX(p.summary) FROM promotion p WHERE p.id <> promotion.id)
            promotion           | UPDATE promotion SET body = '{}'
            promotion           | DELETE FROM promotion
            slot_release        | UPDATE slot_release SET body = REPLACE(body, 'promoter', 'intruder')
            slot_release        | UPDATE slot_release SET artifact = (SELECT MAX(digest) FROM artifact a WHERE a.digest <> slot_release.artifact)
            slot_release        | UPDATE slot_release SET number = number + 7
            slot_release        | DELETE FROM slot_release
            slot_release        | UPDATE slot_release SET outcome = 'failed' WHERE slot = 'staging/shop'
            slot_release        | UPDATE slot_release SET outcome = 'succeeded' WHERE slot = 'production/shop'
            movement            | DELETE FROM movement WHERE idx = (SELECT MIN(idx) FROM movement)
            movement            | UPDATE movement SET slot = 'production/shop'
            movement            | INSERT INTO movement VALUES ('staging/shop', 0)
            slot_target         | DELETE FROM slot_target WHERE slot = 'staging/shop'
            slot_target         | UPDATE slot_target SET target = 'elsewhere'
            slot_target         | INSERT INTO slot_target VALUES ('staging/shop', 'intruder', 'stage', NULL, NULL)
            slot_target         | UPDATE slot_target SET heard_observation = 'sha256:0000000000000000000000000000000000000000000000000000000000000000', heard_until = 1
            agent_target        | UPDATE agent_target SET slot = 'production/other'
            agent_target        | UPDATE agent_target SET agent = 'intruder'
            desired             | UPDATE desired SET number = number + 7
            desired             | DELETE FROM desired
            desired             | UPDATE desired SET slot = 'production/other' WHERE slot = 'staging/shop'
            permit              | INSERT INTO permit SELECT 'production', 'shop', digest FROM artifact WHERE digest NOT IN (SELECT digest FROM permit)
            permit              | DELETE FROM permit
            keep                | DELETE FROM keep WHERE reason LIKE 'release %'
            keep                | DELETE FROM keep WHERE reason LIKE 'pin %'
            keep                | UPDATE keep SET kept_by = 'intruder' WHERE reason LIKE 'release %'
            keep                | INSERT INTO keep SELECT MIN(digest), 'release production/shop#99', 'intruder' FROM artifact
            manifest            | UPDATE manifest SET artifact_type = 'application/vnd.waybill.jar.v1'
            manifest            | UPDATE manifest SET subject = digest
            manifest            | DELETE FROM manifest
            manifest_ref        | UPDATE manifest_ref SET digest = 'sha256:0000000000000000000000000000000000000000000000000000000000000000' WHERE kind = 'layer'
            manifest_ref        | DELETE FROM manifest_ref
            tag                 | UPDATE tag SET digest = 'sha256:0000000000000000000000000000000000000000000000000000000000000000'
            tag                 | DELETE FROM tag
            tag                 | INSERT INTO tag VALUES ('shop', '9.9.9', 1, 'sha256:0000000000000000000000000000000000000000000000000000000000000000', 'sha256:0000000000000000000000000000000000000000000000000000000000000000', 0)
            tag_history         | UPDATE tag_history SET moved_by = 'intruder'
            tag_history         | DELETE FROM tag_history
            agent               | UPDATE agent SET slots = '["production/other"]'
            agent               | UPDATE agent SET public_key = 'AAAA'
            agent               | UPDATE agent SET since = since + 1
            agent               | DELETE FROM agent
            agent_target        | UPDATE agent_target SET slot = 'dev/shop'
            agent_target        | DELETE FROM agent_target
            slot_target         | DELETE FROM slot_target
            slot_target         | INSERT INTO slot_target (slot, agent, target) VALUES ('production/shop', 'host-9', 'front')
            deployment          | UPDATE deployment SET slot = 'dev/shop'
            deployment          | DELETE FROM deployment
            observation         | UPDATE observation SET number = number + 7
            ledger_statement    | DELETE FROM ledger_statement WHERE rowid = 3
            """)
    void a_forged_row_is_found_and_named(String table, String forgery) throws SQLException {
        try (Connection intruder = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("waybill.sqlite"));
                var sql = intruder.createStatement()) {
            sql.execute("CREATE TABLE honest AS SELECT * FROM " + table);
            try {
                assertThat(sql.executeUpdate(forgery))
                        .as("rows that were forged")
                        .isPositive();
                assertThat(findings()).as(forgery).isNotEmpty();
            } finally {
                sql.execute("DELETE FROM " + table);
                sql.execute("INSERT INTO " + table + " SELECT * FROM honest");
                sql.execute("DROP TABLE honest");
            }
        }
        assertThat(findings()).as("after the honest rows came back").isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            artifact_part  | INSERT INTO artifact_part SELECT (SELECT digest FROM permit WHERE environment = 'production'), '%s', 'layer', NULL
            permit         | INSERT INTO permit VALUES ('production', 'shop', '%s')
            permit         | UPDATE permit SET digest = '%s'
            pull_allowance | DELETE FROM pull_allowance WHERE '%s' <> ''
            pull_allowance | UPDATE pull_allowance SET environment = 'staging' WHERE '%s' <> ''
            manifest       | UPDATE manifest SET subject = (SELECT digest FROM permit WHERE environment = 'production') WHERE digest = '%s'
            manifest_ref   | INSERT INTO manifest_ref SELECT repository, manifest, 99, 'layer', '%s', 1, '', NULL FROM manifest_ref LIMIT 1
            slot_release   | UPDATE slot_release SET artifact = '%s'
            """)
    void a_forged_row_opens_no_bytes_that_were_not_released(String table, String forgery) throws Exception {
        String path = "/v2/shop/manifests/" + unapproved;
        assertThat(story.send(cluster, "GET", path)).isEqualTo(403);
        try (Connection intruder = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("waybill.sqlite"));
                var sql = intruder.createStatement()) {
            sql.execute("CREATE TABLE honest AS SELECT * FROM " + table);
            try {
                assertThat(sql.executeUpdate(forgery.formatted(unapproved))).isPositive();
                assertThat(story.send(cluster, "GET", path)).as(forgery).isEqualTo(403);
                assertThat(findings()).as(forgery).isNotEmpty();
            } finally {
                sql.execute("DELETE FROM " + table);
                sql.execute("INSERT INTO " + table + " SELECT * FROM honest");
                sql.execute("DROP TABLE honest");
            }
        }
    }

    @Test
    void a_target_that_is_gone_from_both_its_tables_is_missed() throws SQLException {
        try (Connection intruder = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("waybill.sqlite"));
                var sql = intruder.createStatement()) {
            for (String table : List.of("slot_target", "agent_target")) {
                sql.execute("CREATE TABLE honest_" + table + " AS SELECT * FROM " + table);
                sql.execute("DELETE FROM " + table);
            }
            try {
                assertThat(findings().toString()).contains("No target of this agent is there");
            } finally {
                for (String table : List.of("slot_target", "agent_target")) {
                    sql.execute("INSERT INTO " + table + " SELECT * FROM honest_" + table);
                    sql.execute("DROP TABLE honest_" + table);
                }
            }
        }
    }

    @Test
    void a_forged_row_brings_no_other_pipeline_into_force() throws SQLException {
        ApplicationName lax = new ApplicationName("lax");
        JsonNode order = Json.parse("[\"staging\", \"production\"]".getBytes(StandardCharsets.UTF_8));
        story.client(Role.ADMIN).promotions().apply(lax, order, false);
        PipelineView strict = story.client(Role.VIEWER).promotions().pipeline(Story.SHOP);
        try (Connection intruder = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("waybill.sqlite"));
                var sql = intruder.createStatement()) {
            sql.execute("CREATE TABLE honest AS SELECT * FROM pipeline");
            sql.execute("DELETE FROM pipeline WHERE application = 'lax'");
            sql.execute("UPDATE pipeline SET statement = (SELECT statement FROM honest WHERE application = 'lax')");
            try {
                assertThat(story.client(Role.VIEWER).promotions().pipeline(Story.SHOP))
                        .isEqualTo(strict);
            } finally {
                sql.execute("DELETE FROM pipeline");
                sql.execute("INSERT INTO pipeline SELECT * FROM honest");
                sql.execute("DROP TABLE honest");
            }
        }
    }

    private static List<String> findings() {
        return story.client(Role.ADMIN)
                .ledger()
                .verify()
                .path("findings")
                .valueStream()
                .map(Object::toString)
                .toList();
    }
}
