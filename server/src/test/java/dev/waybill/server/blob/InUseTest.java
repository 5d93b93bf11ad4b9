package dev.waybill.server.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.core.name.Digest;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class InUseTest {
    private static final Digest DIGEST = Digest.sha256(new byte[1]);

    private final InUse inUse = new InUse(Duration.ofMillis(1));

    /** What another thread would get. */
    private interface Ask {
        Object ask() throws IOException;
    }

    private static Object elsewhere(Ask ask) throws Exception {
        return CompletableFuture.supplyAsync(() -> {
                    try {
                        return ask.ask();
                    } catch (Exception e) {
                        return e;
                    }
                })
                .get(30, TimeUnit.SECONDS);
    }

    @Test
    void several_push_at_once_and_whoever_removes_gives_up_in_time() throws Exception {
        try (InUse.Held _ = inUse.pushing(DIGEST)) {
            assertThat(elsewhere(() -> {
                        inUse.pushing(DIGEST).close();
                        return "pushed too";
                    }))
                    .isEqualTo("pushed too");
            assertThat(elsewhere(() -> inUse.removing(DIGEST).isPresent())).isEqualTo(false);
        }
        assertThat(elsewhere(() -> inUse.removing(DIGEST).isPresent())).isEqualTo(true);
    }

    @Test
    void who_pushes_while_bytes_are_removed_for_too_long_is_told_to_try_again() throws Exception {
        try (InUse.Held _ = inUse.removing(DIGEST).orElseThrow()) {
            Exception refused = (Exception) elsewhere(() -> inUse.pushing(DIGEST));
            assertThatThrownBy(() -> {
                        throw refused;
                    })
                    .hasMessageStartingWith("DIGEST_BUSY");
        }
    }
}
