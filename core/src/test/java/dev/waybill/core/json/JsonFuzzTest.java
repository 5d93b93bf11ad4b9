package dev.waybill.core.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.waybill.core.predicate.Provenance;
import dev.waybill.core.problem.ProblemException;
import dev.waybill.core.problem.Promise;
import dev.waybill.core.project.ArtifactConfig;
import dev.waybill.core.statement.Statement;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Any bytes as JSON: a tree that is written and read again as itself, or a refusal. */
class JsonFuzzTest {
    private static final List<Class<?>> RECORDS = List.of(Statement.class, ArtifactConfig.class, Provenance.class);

    @FuzzTest
    void bytes(byte[] input) throws Exception {
        Promise.hold(() -> {
            JsonNode tree = Json.parse(input);
            byte[] written = Json.write(tree);
            assertThat(Json.parse(written)).isEqualTo(tree);
            assertThat(Json.write(Json.parse(written))).isEqualTo(written);
            assertThat(Json.parse(Json.pretty(tree).getBytes(StandardCharsets.UTF_8)))
                    .isEqualTo(tree);
            for (Class<?> record : RECORDS) {
                bound(tree, record);
            }
        });
    }

    /** What could be bound is written in one way, and read again as itself. */
    private static void bound(JsonNode tree, Class<?> record) {
        Object value;
        try {
            value = Json.bindOpen(tree, record);
        } catch (ProblemException e) {
            return;
        }
        byte[] written = Json.write(value);
        assertThat(Json.readOpen(written, record)).as(record.getSimpleName()).isEqualTo(value);
    }
}
