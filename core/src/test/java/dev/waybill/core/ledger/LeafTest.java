package dev.waybill.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.core.name.Digest;
import dev.waybill.core.statement.Signed;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LeafTest {
    /** {@code printf 'DSSEv1 28 application/vnd.in-toto+json 2 {}' | sha256sum} gives the digest inside. */
    @Test
    void the_leaf_is_the_canonical_body_of_a_rekor_v2_entry() {
        Signed signed =
                new Signed("{}".getBytes(StandardCharsets.US_ASCII), new byte[] {1, 2, 3}, new byte[] {4, 5, 6});
        Digest signedBytes =
                Digest.sha256("DSSEv1 28 application/vnd.in-toto+json 2 {}".getBytes(StandardCharsets.US_ASCII));
        String digest = java.util.Base64.getEncoder().encodeToString(signedBytes.bytes());
        assertThat(new String(Leaf.of(signed), StandardCharsets.US_ASCII))
                .isEqualTo("{\"apiVersion\":\"0.0.2\",\"kind\":\"hashedrekord\",\"spec\":{\"hashedRekordV002\":{"
                        + "\"data\":{\"algorithm\":\"SHA2_256\",\"digest\":\"" + digest + "\"},"
                        + "\"signature\":{\"content\":\"AQID\",\"verifier\":{"
                        + "\"keyDetails\":\"PKIX_ECDSA_P256_SHA_256\",\"publicKey\":{\"rawBytes\":\"BAUG\"}}}}}}");
    }

    @Test
    void a_leaf_has_about_five_hundred_bytes_whatever_the_statement() {
        StaticLedger ledger = StaticLedger.ofSize(3);
        for (int i = 0; i < 3; i++) {
            assertThat(Leaf.of(ledger.logged(i).signed())).hasSizeBetween(400, 600);
        }
    }
}
