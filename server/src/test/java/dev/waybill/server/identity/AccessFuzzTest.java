package dev.waybill.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.problem.Promise;
import dev.waybill.server.db.Database;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;

/**
 * Any text as the scopes that a client asks for, and as a short token. No text that this server did not give out opens
 * anything, whether it is noise, or noise behind the right header, or one that was given out and changed.
 */
class AccessFuzzTest {
    private static final AccessTokens ACCESS = new AccessTokens(
            new Tokens(new Nowhere(), Clock.systemUTC()),
            Clock.systemUTC(),
            "test.example",
            List.of(new ApplicationName("open")));
    private static final String GOOD = ACCESS.issue(
                    ACCESS.everybody().orElseThrow(), RegistryScope.parse("repository:open:pull"))
            .token();

    @FuzzTest
    void text(byte[] input) throws Exception {
        String text = new String(input, StandardCharsets.UTF_8);
        Promise.hold(() -> {
            for (RegistryScope scope : RegistryScope.parse(text)) {
                assertThat(RegistryScope.parse(scope.toString())).containsExactly(scope);
            }
        });
        Promise.hold(() -> {
            int header = GOOD.indexOf('.') + 1;
            int signature = GOOD.lastIndexOf('.') + 1;
            assertThat(ACCESS.caller(text)).isEmpty();
            assertThat(ACCESS.caller(GOOD.substring(0, header) + text)).isEmpty();
            assertThat(ACCESS.caller(GOOD.substring(0, header) + text + GOOD.substring(signature - 1)))
                    .isEmpty();
            assertThat(ACCESS.caller(GOOD.substring(0, signature) + text)).isEmpty();
        });
        assertThat(ACCESS.caller(GOOD)).isPresent();
    }

    /** Whoever shows nothing has no token that could be looked for. */
    private static final class Nowhere implements Database {
        @Override
        public <T> T write(Work<T> work) {
            throw new AssertionError("written to");
        }

        @Override
        public <T> T read(Work<T> work) {
            throw new AssertionError("read from");
        }

        @Override
        public long writes() {
            return 0;
        }

        @Override
        public int waiting() {
            return 0;
        }

        @Override
        public String engine() {
            return "none";
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
