package dev.waybill.core.seal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.core.name.Digest;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SealTest {
    @Test
    void the_seal_of_a_digest_never_changes() {
        Digest digest = Digest.parse("sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");

        Seal seal = Seal.of(digest);

        assertThat(seal).isEqualTo(EXPECTED);
        assertThat(Seal.of(digest)).isEqualTo(seal);
    }

    @Test
    void digests_that_differ_in_one_bit_look_different() {
        Set<Seal> seen = new HashSet<>();

        for (int bit = 0; bit < 256; bit++) {
            byte[] bytes = new byte[32];
            bytes[bit / 8] = (byte) (1 << (bit % 8));
            seen.add(Seal.of(Digest.of(Digest.Algorithm.SHA256, bytes)));
        }

        assertThat(seen).hasSize(256);
    }

    @Test
    void there_are_more_than_a_million_of_them() {
        Set<Seal> seen = new HashSet<>();

        for (int i = 0; i < 20_000; i++) {
            Seal seal = Seal.of(Digest.sha256(new byte[] {(byte) i, (byte) (i >> 8), 7}));
            assertThat(seal.ink()).isNotEqualTo(seal.ground());
            seen.add(seal);
        }

        // Among n equally likely ones, 20 000 draws collide about 20 000^2 / 2n times: with a million, 200.
        assertThat(20_000 - seen.size()).isLessThan(120);
    }

    @Test
    void the_field_is_mirrored() {
        Seal seal = new Seal(0, 0b001_000_010_000_100, SealColour.BLUE, SealColour.YELLOW);

        assertThat(seal.filled(0, 2)).isTrue();
        assertThat(seal.filled(2, 1)).isTrue().isEqualTo(seal.filled(2, 3));
        assertThat(seal.filled(4, 0)).isTrue().isEqualTo(seal.filled(4, 4));
        assertThat(seal.filled(1, 1)).isFalse();
    }

    private static final Seal EXPECTED = new Seal(1, 29535, SealColour.SKY_BLUE, SealColour.REDDISH_PURPLE);
}
