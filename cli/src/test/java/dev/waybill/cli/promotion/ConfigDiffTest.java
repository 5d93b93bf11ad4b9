package dev.waybill.cli.promotion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.api.promotion.ConfigurationView;
import dev.waybill.cli.ServerFake;
import dev.waybill.cli.Typing;
import dev.waybill.core.name.Slot;
import dev.waybill.core.predicate.ConfigurationSet;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigDiffTest {
    @TempDir
    Path home;

    private final ServerFake server = new ServerFake()
            .on(
                    "GET /api/v1/configuration/dev/shop",
                    new ConfigurationView(Slot.parse("dev/shop"), 1, List.of(entry()), null, null, null));

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void a_difference_is_an_answer_and_no_refusal_as_with_diff() {
        Typing typing = new Typing(home, Clock.systemUTC()).to(server.url());

        assertThat(typing.type("config", "diff", "dev/shop")).as(typing.err()).isZero();

        assertThat(typing.out()).contains("GREETING", "added");
        assertThat(typing.err()).contains("1 key differs between versions 0 and 1");
    }

    private static ConfigurationView.Entry entry() {
        return new ConfigurationView.Entry("GREETING", ConfigurationSet.Kind.VALUE, "hello", "c".repeat(64));
    }
}
