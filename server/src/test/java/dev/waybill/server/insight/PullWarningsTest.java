package dev.waybill.server.insight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.core.name.Digest;
import dev.waybill.core.name.ReleaseId;
import dev.waybill.server.ServerConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the registry tells whoever pulls (distribution-spec, "Warnings"). */
class PullWarningsTest {
    @TempDir
    Path data;

    private Story story;

    @BeforeEach
    void open() {
        story = new Story(ServerConfig.of(data, 0));
    }

    @AfterEach
    void close() {
        story.close();
    }

    @Test
    void what_runs_or_never_ran_is_pulled_without_a_warning() throws Exception {
        story.enrol();
        Digest running = story.build(1, "First").digest();
        ReleaseId release =
                Objects.requireNonNull(story.promote(running, Story.STAGING).release());
        story.deploy(release, running);
        Digest fresh = story.build(2, "Second").digest();

        assertThat(story.warnings(running)).isEmpty();
        assertThat(story.warnings(fresh)).isEmpty();
    }

    @Test
    void a_veto_is_told_with_its_reason_whatever_stands_in_it() throws Exception {
        Digest artifact = story.build(1, "First").digest();

        story.veto(artifact, "It \"loses\" orders,\nsaid Zoë.");

        assertThat(story.warnings(artifact))
                .containsExactly("299 - \"vetoed everywhere: It 'loses' orders,?said Zo?.\"");
    }

    @Test
    void what_another_artifact_took_the_place_of_is_superseded() throws Exception {
        story.enrol();
        Digest first = story.build(1, "First").digest();
        release(first);
        Digest second = story.build(2, "Second").digest();
        story.deploy(release(second), second);
        awaitSuperseded(first);

        assertThat(story.warnings(first))
                .containsExactly("299 - \"superseded: " + Story.STAGING + "#2 is " + second + "\"");
        assertThat(story.warnings(second)).isEmpty();
    }

    @Test
    void what_runs_while_its_successor_is_on_its_way_or_failed_is_not_superseded() throws Exception {
        story.enrol();
        Digest first = story.build(1, "First").digest();
        story.deploy(release(first), first);
        Digest second = story.build(2, "Second").digest();

        ReleaseId next = release(second);
        assertThat(story.warnings(first)).isEmpty();
        story.fail(next, second);
        story.awaitHold(Story.STAGING);

        assertThat(story.warnings(first)).isEmpty();
    }

    private ReleaseId release(Digest artifact) {
        return Objects.requireNonNull(story.promote(artifact, Story.STAGING).release());
    }

    /** A report is applied a moment after it was logged. */
    private void awaitSuperseded(Digest artifact) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(40).toNanos();
        while (story.warnings(artifact).isEmpty() && System.nanoTime() < end) {
            LockSupport.parkNanos(20_000_000);
        }
    }
}
