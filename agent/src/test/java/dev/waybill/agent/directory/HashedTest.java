package dev.waybill.agent.directory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.core.name.Digest;
import java.io.ByteArrayInputStream;
import org.junit.jupiter.api.Test;

class HashedTest {
    @Test
    void what_is_skipped_is_hashed_too() throws Exception {
        byte[] bytes = new byte[100_000];
        bytes[5] = 1;
        Hashed hashed = new Hashed(new ByteArrayInputStream(bytes));

        hashed.skipNBytes(10);
        hashed.skipNBytes(50_000);

        assertThat(hashed.drain()).isEqualTo(Digest.sha256(bytes));
    }
}
