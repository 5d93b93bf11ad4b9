package dev.waybill.cli.build;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.waybill.core.json.Json;
import dev.waybill.core.problem.Promise;
import dev.waybill.core.project.ProjectFile;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;

/** Any text as {@code waybill.yaml}: a project that is the same when its tree went through JSON, or a refusal. */
class YamlFuzzTest {
    @FuzzTest
    void document(byte[] input) throws Exception {
        Promise.hold(() -> {
            JsonNode tree = Yaml.parse(new String(input, StandardCharsets.UTF_8), "waybill.yaml");
            ProjectFile project = ProjectFile.parse(tree);
            assertThat(ProjectFile.parse(Json.parse(Json.write(tree)))).isEqualTo(project);
        });
    }
}
