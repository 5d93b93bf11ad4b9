package dev.waybill.server.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.core.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeysTest {
    @TempDir
    Path data;

    @Test
    void the_first_start_makes_keys_that_only_their_owner_can_read() throws IOException {
        Keys keys = load("ledger.example.com", true);

        assertThat(keys.origin()).isEqualTo("ledger.example.com");
        assertThat(keys.log().verifier().name()).isEqualTo("ledger.example.com");
        assertThat(mode(data.resolve("keys"))).isEqualTo("rwx------");
        for (String name : new String[] {"log.pem", "record.pem", "ingest.pem", "verdict.pem", "origin"}) {
            assertThat(mode(data.resolve("keys").resolve(name))).isEqualTo("rw-------");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"keys", "keys/record.pem"})
    void keys_that_others_can_open_are_refused(String path) throws IOException {
        load(null, true);
        Files.setPosixFilePermissions(data.resolve(path), PosixFilePermissions.fromString("rwxr-x---"));

        assertRefused("KEYS_EXPOSED", null, false);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://ledger.example.com", "ledger.example.com:8080", "Ledger.example.com", "a..b", "", "a/b"
            })
    void an_origin_that_is_no_bare_host_name_is_refused(String origin) {
        assertRefused("ORIGIN_INVALID", origin, true);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void a_first_start_that_died_among_the_keys_goes_on_with_those_that_it_made(int written) {
        FileKeyStore files = new FileKeyStore(data.resolve("keys"));
        KeyStore dying = new KeyStore() {
            private int left = written;

            @Override
            public Optional<String> read(String name) {
                return files.read(name);
            }

            @Override
            public void write(String name, String content) {
                if (left-- == 0) {
                    throw new IllegalStateException("killed");
                }
                files.write(name, content);
            }
        };
        assertThatThrownBy(() -> Keys.load(dying, null, true)).isInstanceOf(IllegalStateException.class);
        Optional<String> logKey = files.read("log.pem");

        Keys keys = Keys.load(files, null, true);

        logKey.ifPresent(before -> assertThat(files.read("log.pem")).contains(before));
        assertThat(Keys.load(files, null, false).origin()).isEqualTo(keys.origin());
    }

    @Test
    void a_key_that_went_missing_later_is_not_replaced() throws IOException {
        load(null, true);
        Files.delete(data.resolve("keys/verdict.pem"));

        assertRefused("KEYS_MISSING", null, true);
    }

    @Test
    void a_damaged_key_is_named() throws IOException {
        load(null, true);
        Files.writeString(data.resolve("keys/ingest.pem"), "nonsense");

        assertRefused("KEYS_DAMAGED", null, false);
    }

    private Keys load(@Nullable String origin, boolean first) {
        return Keys.load(new FileKeyStore(data.resolve("keys")), origin, first);
    }

    private void assertRefused(String code, @Nullable String origin, boolean first) {
        assertThatThrownBy(() -> load(origin, first))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code()).isEqualTo(code));
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
