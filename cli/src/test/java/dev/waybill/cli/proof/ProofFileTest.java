package dev.waybill.cli.proof;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProofFileTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application: shop|no JSON",
                "''|an empty file",
                "{\"mediaType\": \"x\", \"dsseEnvelope\": {}}|one statement in a sigstore bundle",
                "{\"payloadType\": \"x\", \"payload\": \"\"}|one statement in a DSSE envelope",
                "{\"_type\": \"x\"}|an in-toto statement without a signature",
                "{\"origin\": \"x\", \"keys\": []}|a trust file",
                "{\"a\": 1}|JSON of another kind"
            })
    void a_file_that_is_no_proof_is_called_what_it_is(String content, String kind) {
        assertThatThrownBy(() -> ProofFile.read(content.getBytes(StandardCharsets.UTF_8)))
                .hasMessageContaining("PROOF_INVALID")
                .hasMessageContaining("it is " + kind);
    }
}
