package dev.waybill.cli.promotion;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.core.json.Json;
import org.junit.jupiter.api.Test;

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
