package dev.waybill.cli.promotion;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.core.json.Json;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.project.Build;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class PipelineTextTest {
    @Test
    void each_environment_is_a_line_with_the_gates_that_somebody_asked_for() {
        String text = text("""
                [{"environment": "dev", "gates": [{"gate": "registered"}, {"gate": "no-veto"}, {"gate": "no-hold"},
                    {"gate": "configuration"}]},
                 {"environment": "staging", "gates": [{"gate": "order", "after": "dev"}, {"gate": "tests", "suite": "unit"},
                    {"gate": "evidence", "type": "sbom"}]},
                 {"environment": "production", "gates": [{"gate": "order", "after": "staging"},
                    {"gate": "tests", "suite": "acceptance", "on": "staging"}, {"gate": "approvals", "count": 2},
                    {"gate": "soak", "for": "PT1H", "in": "staging"}]}]
                """);

        assertThat(text).isEqualTo("""
                dev
                staging     after dev; tests unit; evidence sbom
                production  after staging; tests acceptance on staging; 2 approvals; soak PT1H in staging
                """);
    }

    @Test
    void a_suite_that_no_build_attests_is_told_with_the_command_that_delivers_it() {
        JsonNode pipeline = Json.parse("""
                [{"environment": "staging", "gates": [{"gate": "tests", "suite": "unit"}, {"gate": "tests", "suite": "uint"}]},
                 {"environment": "production", "gates": [{"gate": "tests", "suite": "acceptance", "on": "staging"}]}]
                """.getBytes(UTF_8));
        ApplicationName shop = new ApplicationName("shop");
        Build build = new Build("make", List.of("shop.jar"), List.of("reports/*.xml"), Map.of());

        assertThat(PipelineText.undelivered(shop, pipeline, build))
                .hasSize(2)
                .anyMatch(note -> note.contains("--suite acceptance --target staging/shop"))
                .anyMatch(note -> note.contains("the suite uint") && note.contains("Did you mean unit?"));
        assertThat(PipelineText.undelivered(shop, pipeline, null)).hasSize(3);
    }

    @Test
    void one_approval_is_not_several() {
        assertThat(text("[{\"environment\": \"production\", \"gates\": [{\"gate\": \"approvals\"}]}]"))
                .isEqualTo("production  1 approval\n");
    }

    @Test
    void a_gate_that_this_version_does_not_know_is_named() {
        assertThat(text("[{\"environment\": \"dev\", \"gates\": [{\"gate\": \"moon-phase\"}]}]"))
                .isEqualTo("dev  moon-phase\n");
    }

    private static String text(String pipeline) {
        return PipelineText.of(Json.parse(pipeline.getBytes(UTF_8)));
    }
}
