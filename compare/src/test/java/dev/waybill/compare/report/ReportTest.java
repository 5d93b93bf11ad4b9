package dev.waybill.compare.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.compare.kit.Told;
import dev.waybill.compare.kit.Zip;
import dev.waybill.compare.verdict.Suppression;
import dev.waybill.compare.verdict.Verdict;
import dev.waybill.core.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ReportTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 6, 1);

    private static Report report(Suppression... suppressions) {
        Zip one = new Zip();
        one.add("a<b>.txt", "one");
        one.add("b", "same").date = 0x5a21;
        Zip two = new Zip();
        two.add("a<b>.txt", "two\u001b[31m");
        two.add("b", "same").date = 0x5b41;
        return new Report(List.of(Told.of("x.zip", one.bytes(), two.bytes())), List.of(suppressions), TODAY);
    }

    private static Suppression suppression(LocalDate until) {
        return new Suppression("content.differs", "*.txt", "read by nobody", "release engineering", until);
    }

    @Test
    void a_suppressed_finding_is_shown_and_does_not_decide() {
        Report report = report(suppression(TODAY));

        assertThat(report.verdict()).isEqualTo(Verdict.FUNCTIONAL);
        assertThat(report.judged()).isEqualTo(Verdict.METADATA);
        assertThat(new TextReport(Palette.PLAIN, false, 0).text(report)).contains("release engineering answers for it");
    }

    @Test
    void a_suppression_ends() {
        Report report = report(suppression(TODAY.minusDays(1)));

        assertThat(report.judged()).isEqualTo(Verdict.FUNCTIONAL);
        assertThat(report.idle()).hasSize(1);
    }

    @Test
    void json_has_verdict_findings_and_rules() {
        JsonNode json = Json.parse(JsonReport.text(report()).getBytes(StandardCharsets.UTF_8));

        assertThat(json.path("verdict").asString()).isEqualTo("functional");
        assertThat(json.path("findings").get(0).path("place").asString()).isEqualTo("a<b>.txt");
        assertThat(json.path("rules").toString()).contains("zip.time");
    }

    @Test
    void html_is_one_page_and_escapes_what_artifacts_say() {
        String html = HtmlReport.text(report());

        assertThat(html).contains("a&lt;b&gt;.txt").doesNotContain("<b>.txt").doesNotContain("\u001b");
        assertThat(html)
                .doesNotContain("<script")
                .doesNotContain("src=")
                .doesNotContain("http://")
                .doesNotContain("https://");
    }

    @Test
    void sarif_names_rules_and_levels() {
        JsonNode run = Json.parse(SarifReport.text(report(suppression(TODAY))).getBytes(StandardCharsets.UTF_8))
                .path("runs")
                .get(0);

        assertThat(run.path("results").get(0).path("level").asString()).isEqualTo("error");
        assertThat(run.path("results").get(0).path("suppressions").size()).isEqualTo(1);
        assertThat(run.path("tool").path("driver").path("rules").size()).isGreaterThan(1);
    }

    @Test
    void the_same_inputs_give_the_same_bytes() {
        assertThat(JsonReport.text(report())).isEqualTo(JsonReport.text(report()));
        assertThat(HtmlReport.text(report())).isEqualTo(HtmlReport.text(report()));
    }

    @Test
    void nothing_that_controls_a_terminal_comes_out() {
        assertThat(new TextReport(Palette.PLAIN, true, 100).text(report())).doesNotContain("\u001b");
    }
}
