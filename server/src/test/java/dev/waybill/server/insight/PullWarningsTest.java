package dev.waybill.server.insight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.core.name.Digest;
import dev.waybill.core.name.ReleaseId;
import dev.waybill.server.ServerConfig;
import java.nio.file.Path;
import java.util.Objects;
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
        story.promote(first, Story.STAGING);
        Digest second = story.build(2, "Second").digest();
        story.promote(second, Story.STAGING);

        assertThat(story.warnings(first))
                .containsExactly("299 - \"superseded: " + Story.STAGING + "#2 is " + second + "\"");
        assertThat(story.warnings(second)).isEmpty();
    }
}
