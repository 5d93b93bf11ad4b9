package dev.waybill.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.core.json.Json;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.EnvironmentName;
import dev.waybill.core.name.Slot;
import dev.waybill.core.name.Span;
import dev.waybill.core.policy.Gate;
import dev.waybill.core.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PipelineTest {
    private static final EnvironmentName STAGING = new EnvironmentName("staging");
    private static final String SHOP = """
            ["dev", {"staging": {"tests": ["unit"]}},
             {"production": {"tests": ["unit", "acceptance on staging"], "approvals": 1, "soak": "1h"}}]""";

    private static Pipeline parse(String json) {
        return Pipeline.parse(Json.parse(json.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void short_forms_expand_to_every_gate() {
        Pipeline pipeline = parse(SHOP);
        assertThat(pipeline.environments())
                .extracting(EnvironmentName::value)
                .containsExactly("dev", "staging", "production");
        assertThat(pipeline.stages().getLast().gates())
                .containsExactly(
                        new Gate.Registered(),
                        new Gate.NoVeto(),
                        new Gate.NoHold(),
                        new Gate.ConfigurationContract(),
                        new Gate.Order(STAGING),
                        new Gate.Tests("acceptance", STAGING, Gate.Accepting.NOTHING),
                        new Gate.Tests("unit", null, Gate.Accepting.NOTHING),
                        new Gate.Soak(Span.parse("1h"), STAGING),
                        new Gate.Approvals(1, EnumSet.allOf(Gate.Exclusion.class)));
        assertThat(pipeline.stages().getFirst().gates()).noneMatch(Gate.Order.class::isInstance);
    }

    @Test
    void a_pipeline_has_at_most_a_hundred_environments() {
        assertThat(parse(environments(100)).environments()).hasSize(100);
        assertThatThrownBy(() -> parse(environments(20_000)))
                .hasMessageContaining("at most 100 environments")
                .hasMessageContaining("20000");
    }

    private static String environments(int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> "\"e" + number + "\"")
                .collect(Collectors.joining(",", "[", "]"));
    }

    @Test
    void the_full_form_is_stable() {
        assertThat(new String(
                        Json.write(parse("[{\"dev\": {\"approvals\": 2}}]").expand()), StandardCharsets.UTF_8))
                .isEqualTo("[{\"environment\":\"dev\",\"gates\":[{\"gate\":\"registered\"},{\"gate\":\"no-veto\"},"
                        + "{\"gate\":\"no-hold\"},{\"gate\":\"configuration\"},"
                        + "{\"count\":2,\"exclude\":[\"requester\",\"author\"],\"gate\":\"approvals\"}]}]");
    }

    @Test
    void gates_that_every_policy_has_cannot_be_left_out() {
        Pipeline pipeline = parse("[\"dev\", {\"environment\": \"production\", \"gates\": []}]");
        assertThat(pipeline.stages().getLast().gates())
                .contains(new Gate.NoVeto(), new Gate.Order(new EnvironmentName("dev")));
    }

    @Test
    void exclusions_can_be_chosen() {
        Pipeline pipeline = parse("[{\"dev\": {\"approvals\": {\"count\": 1, \"exclude\": []}}}]");
        assertThat(pipeline.stages().getFirst().gates()).contains(new Gate.Approvals(1, Set.of()));
    }

    @Test
    void an_environment_that_the_pipeline_has_not_is_not_found() {
        Slot slot = new Slot(new EnvironmentName("moon"), new ApplicationName("shop"));
        assertThatThrownBy(() -> parse(SHOP).policy(slot))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("ENVIRONMENT_UNKNOWN");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            []                                                             | `pipeline`
            {}                                                             | `pipeline`
            ["Dev"]                                                        | `pipeline[0]`
            ["dev", "dev"]                                                 | `pipeline[1]`
            [{"a": {}, "b": {}}]                                           | `pipeline[0]`
            [{"dev": {"test": ["unit"]}}]                                  | `pipeline[0].dev.test`
            [{"dev": {"tests": "unit"}}]                                   | `pipeline[0].dev.tests`
            [{"dev": {"tests": ["unit", "unit"]}}]                         | `pipeline[0].dev.tests`
            [{"dev": {"tests": ["unit on dev"]}}]                          | `pipeline[0].dev.tests[0]`
            [{"dev": {"tests": [{"suite": "u", "claimed": "yes"}]}}]       | `pipeline[0].dev.tests[0].claimed`
            [{"dev": {"soak": "1h"}}]                                      | `pipeline[0].dev.soak`
            ["a", "b", {"production": {"soak": "1 hour"}}]                 | `pipeline[2].production.soak`
            ["a", {"b": {"soak": {"for": "1h", "in": "c"}}}]               | `pipeline[1].b.soak.in`
            [{"dev": {"approvals": 0}}]                                    | `pipeline[0].dev.approvals`
            [{"dev": {"approvals": "1"}}]                                  | `pipeline[0].dev.approvals`
            [{"dev": {"approvals": 1.5}}]                                  | `pipeline[0].dev.approvals`
            [{"dev": {"approvals": {"count": 1, "exclude": ["me"]}}}]      | `pipeline[0].dev.approvals.exclude[0]`
            [{"dev": {"evidence": [{"type": "bom"}]}}]                     | `pipeline[0].dev.evidence[0].type`
            [{"dev": {"author": "writer"}}]                                   | `pipeline[0].dev.author`
            [{"environment": "dev", "gates": [{"gate": "luck"}]}]          | `pipeline[0].gates[0].gate`
            ["a", "b", {"environment": "c", "gates": [{"gate": "order", "after": "a"}]}] | `pipeline[2].gates[0].after`
            [{"environment": "dev", "gates": [{"gate": "was-healthy"}]}]   | `pipeline[0].gates[0].gate`
            """)
    void a_mistake_is_refused_with_its_place(String json, String place) {
        assertThatThrownBy(() -> parse(json))
                .isInstanceOf(ProblemException.class)
                .hasMessageStartingWith("DOCUMENT_INVALID: Reading " + place + ":");
    }

    @Test
    void the_full_form_parses_back_to_the_same_pipeline() {
        IntStream.range(0, 2_000).forEach(seed -> {
            Pipeline pipeline = parse(random(new Random(seed)));
            Pipeline again = Pipeline.parse(pipeline.expand());
            assertThat(again).as("seed %d", seed).isEqualTo(pipeline);
            assertThat(again.digest()).as("seed %d", seed).isEqualTo(pipeline.digest());
            byte[] bytes = Json.write(pipeline.expand());
            assertThat(Json.write(Pipeline.parse(Json.parse(bytes)).expand()))
                    .as("seed %d", seed)
                    .isEqualTo(bytes);
        });
    }

    private static String random(Random random) {
        List<String> stages = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(5); i++) {
            List<String> gates = new ArrayList<>();
            String earlier = "e" + (i == 0 ? 0 : random.nextInt(i));
            boolean first = i == 0;
            add(
                    random,
                    gates,
                    "\"tests\": [\"unit\"" + (first ? "" : ", \"a.b on " + earlier + "\"")
                            + ", {\"suite\": \"x\", \"claimed\": \"" + (random.nextBoolean() ? "accepted" : "refused")
                            + "\"}]");
            add(random, gates, "\"evidence\": [\"sbom\", {\"type\": \"https://example.com/x/v1\"}]");
            add(random, gates, "\"author\": \"known\"");
            add(
                    random,
                    gates,
                    random.nextBoolean()
                            ? "\"approvals\": " + (1 + random.nextInt(20))
                            : "\"approvals\": {\"count\": 3, \"exclude\": [\"author\"]}");
            if (!first) {
                add(
                        random,
                        gates,
                        random.nextBoolean()
                                ? "\"soak\": \"" + (1 + random.nextInt(100_000)) + "s\""
                                : "\"soak\": {\"for\": \"90m\", \"in\": \"" + earlier + "\"}");
            }
            stages.add(gates.isEmpty() ? "\"e" + i + "\"" : "{\"e" + i + "\": {" + String.join(", ", gates) + "}}");
        }
        return "[" + String.join(", ", stages) + "]";
    }

    private static void add(Random random, List<String> gates, String gate) {
        if (random.nextBoolean()) {
            gates.add(gate);
        }
    }
}
