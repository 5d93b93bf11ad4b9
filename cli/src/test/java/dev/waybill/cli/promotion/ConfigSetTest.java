package dev.waybill.cli.promotion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.api.insight.RunningView;
import dev.waybill.api.promotion.ConfigurationView;
import dev.waybill.api.promotion.PipelineView;
import dev.waybill.cli.ServerFake;
import dev.waybill.cli.Typing;
import dev.waybill.core.json.Json;
import dev.waybill.core.name.Slot;
import dev.waybill.core.problem.Problem;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class ConfigSetTest {
    private static final Slot SLOT = Slot.parse("staging/shop");

    @TempDir
    Path home;

    private final ServerFake server = new ServerFake()
            .on("PUT /api/v1/configuration/staging/shop", new ConfigurationView(SLOT, 1, List.of(), null, null, null))
            .on(
                    "GET /api/v1/applications/shop/pipeline",
                    new PipelineView(
                            SLOT.application(),
                            1,
                            json("[]"),
                            json("{\"required\": [\"GREETING\"], \"optional\": []}"),
                            null,
                            null,
                            null));

    private static JsonNode json(String text) {
        return Json.parse(text.getBytes(StandardCharsets.UTF_8));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void a_key_that_nothing_declares_is_told_with_what_was_meant() {
        Typing typing = typing();

        assertThat(typing.type("config", "set", "staging/shop", "GREETNG=hello"))
                .isZero();

        assertThat(typing.err()).contains("GREETNG is none of the keys", "Did you mean GREETING?");
    }

    @Test
    void a_declared_key_is_set_without_a_word() {
        Typing typing = typing();

        typing.type("config", "set", "staging/shop", "GREETING=hello");

        assertThat(typing.err()).doesNotContain("none of the keys");
    }

    @Test
    void an_application_that_nobody_knows_is_refused_with_what_was_meant_and_nothing_is_set() {
        unknown();
        Typing typing = typing();

        assertThat(typing.type("config", "set", "staging/shpo", "GREETING=hello"))
                .isEqualTo(1);

        assertThat(typing.err())
                .contains("no pipeline of shpo was ever applied", "Did you mean staging/shop?", "--create")
                .contains("PIPELINE_UNKNOWN");
        assertThat(server.asked()).noneMatch(asked -> asked.startsWith("PUT"));
    }

    @Test
    void whoever_says_create_sets_it_before_there_is_a_pipeline() {
        unknown();
        server.on(
                "PUT /api/v1/configuration/staging/shpo",
                new ConfigurationView(Slot.parse("staging/shpo"), 1, List.of(), null, null, null));
        Typing typing = typing();

        assertThat(typing.type("config", "set", "staging/shpo", "GREETING=hello", "--create"))
                .isZero();

        assertThat(typing.err()).contains("No pipeline of shpo was ever applied");
    }

    private void unknown() {
        server.refuse(
                "GET /api/v1/applications/shpo/pipeline",
                404,
                new Problem.NotFound("PIPELINE_UNKNOWN", "Looking", "none was ever applied.", "Write one."));
        server.on(
                "GET /api/v1/running",
                List.of(new RunningView(SLOT, null, null, List.of(), 0, "empty", "", false, null, List.of())));
    }

    private Typing typing() {
        return new Typing(home, Clock.fixed(Instant.EPOCH, ZoneOffset.UTC)).to(server.url());
    }
}
