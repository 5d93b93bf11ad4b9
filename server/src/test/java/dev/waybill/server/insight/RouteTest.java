package dev.waybill.server.insight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.api.client.InsightCalls;
import dev.waybill.api.insight.Fact;
import dev.waybill.api.promotion.ApprovalRequest;
import dev.waybill.api.promotion.PromotionView;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.ReleaseId;
import dev.waybill.core.predicate.Approval;
import dev.waybill.core.predicate.TestResult;
import dev.waybill.server.ServerConfig;
import dev.waybill.server.identity.Role;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an artifact's route and a promotion's page make of facts that come again, or late. */
class RouteTest {
    @TempDir
    Path data;

    private Story story;
    private InsightCalls ask;

    @BeforeEach
    void start() {
        story = new Story(ServerConfig.of(data, 0));
        ask = story.client(Role.VIEWER).insight();
    }

    @AfterEach
    void stop() {
        story.close();
    }

    @Test
    void what_was_seen_again_and_again_is_one_line_with_its_count_and_the_last_statement() throws Exception {
        story.enrol();
        Digest artifact = story.build(1, "First").digest();
        ReleaseId release =
                Objects.requireNonNull(story.promote(artifact, Story.STAGING).release());
        story.deploy(release, artifact);
        int before = seen(artifact).size();
        story.see(release, artifact);
        story.see(release, artifact);

        List<Fact> seen = seen(artifact);

        assertThat(before).isEqualTo(1);
        assertThat(seen).singleElement().satisfies(fact -> {
            assertThat(fact.text()).startsWith("observed running on host-1 stage, 3 times, ");
            assertThat(fact.verified()).isTrue();
            assertThat(fact.index())
                    .isEqualTo(ask.waybill(artifact).route().stream()
                            .map(Fact::index)
                            .filter(Objects::nonNull)
                            .max(Long::compare)
                            .orElseThrow());
        });
    }

    @Test
    void what_happened_in_between_parts_the_sightings() throws Exception {
        story.enrol();
        Digest artifact = story.build(1, "First").digest();
        ReleaseId release =
                Objects.requireNonNull(story.promote(artifact, Story.STAGING).release());
        story.deploy(release, artifact);
        story.fail(release, artifact);
        story.see(release, artifact);

        assertThat(seen(artifact))
                .hasSizeGreaterThan(1)
                .allMatch(fact -> !fact.text().contains("times"));
    }

    @Test
    void evidence_that_came_after_a_refusal_is_shown_apart_from_what_the_gates_saw() throws Exception {
        Digest artifact = story.build(1, "First").digest();
        story.test(artifact, TestResult.Binding.FETCHED, 1);
        PromotionView refused = story.promote(artifact, Story.PRODUCTION);
        assertThat(refused.state()).isEqualTo("refused");
        assertThat(story.page("/promotions/" + refused.id())).doesNotContain("Later evidence");

        story.test(artifact, TestResult.Binding.FETCHED, 0);

        String page = story.page("/promotions/" + refused.id());
        assertThat(page).contains("Later evidence <span class=\"tally\">1</span>", "no gate of this promotion saw it");
        assertThat(page.substring(page.indexOf("Later evidence"))).contains("PASSED");
    }

    @Test
    void a_refused_promotion_is_compared_with_what_served_when_it_was_refused() throws Exception {
        story.enrol();
        Digest first = story.build(1, "First").digest();
        PromotionView refused = story.promote(first, Story.PRODUCTION);

        story.deploy(Objects.requireNonNull(story.promote(first, Story.STAGING).release()), first);
        story.test(first, TestResult.Binding.FETCHED, 0);
        PromotionView asked = story.promote(first, Story.PRODUCTION);
        story.client(Role.APPROVER)
                .promotions()
                .decide(asked.id(), new ApprovalRequest(Approval.Decision.APPROVED, null, asked.covers()));

        assertThat(story.page("/promotions/" + refused.id())).contains("Nothing ran here before");
    }

    private List<Fact> seen(Digest artifact) {
        return ask.waybill(artifact).route().stream()
                .filter(fact -> fact.text().startsWith("observed"))
                .toList();
    }
}
