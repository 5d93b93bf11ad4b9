package dev.waybill.cli.promotion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.api.promotion.ConfigurationView;
import dev.waybill.api.promotion.PipelineView;
import dev.waybill.cli.ServerFake;
import dev.waybill.cli.Typing;
import dev.waybill.core.json.Json;
import dev.waybill.core.name.Slot;
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

    private Typing typing() {
        return new Typing(home, Clock.fixed(Instant.EPOCH, ZoneOffset.UTC)).to(server.url());
    }
}
