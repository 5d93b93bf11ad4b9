package dev.waybill.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.waybill.core.problem.Promise;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Any text as an Authorization header, and as what both schemes carry. */
class CredentialsFuzzTest {
    @FuzzTest
    void header(byte[] input) throws Exception {
        String text = new String(input, StandardCharsets.UTF_8);
        Promise.hold(() -> {
            Credentials.token(text);
            assertThat(Credentials.token("Bearer " + text)).contains(text.strip());
            String pair = Base64.getEncoder().encodeToString(("user:" + text).getBytes(StandardCharsets.UTF_8));
            assertThat(Credentials.token("basic " + pair)).contains(text);
        });
    }
}
