package dev.waybill.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.waybill.core.json.Json;
import dev.waybill.core.problem.Promise;
import dev.waybill.core.project.ProjectFile;
import tools.jackson.databind.JsonNode;

/** Any tree as a project's file and as a pipeline: the full form is read as the same pipeline, under the same digest. */
class PipelineFuzzTest {
    @FuzzTest
    void document(byte[] input) throws Exception {
        Promise.hold(() -> {
            JsonNode tree = Json.parse(input);
            Pipeline pipeline = tree.isArray()
                    ? Pipeline.parse(tree)
                    : ProjectFile.parse(tree).pipeline();
            if (pipeline != null) {
                same(pipeline);
            }
        });
    }

    private static void same(Pipeline pipeline) {
        Pipeline again = Pipeline.parse(pipeline.expand());
        assertThat(again).isEqualTo(pipeline);
        assertThat(again.digest()).isEqualTo(pipeline.digest());
        assertThat(Pipeline.parse(Json.parse(Json.write(pipeline.expand())))).isEqualTo(pipeline);
    }
}
