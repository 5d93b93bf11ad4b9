package dev.waybill.compare.kit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.compare.Result;
import dev.waybill.compare.bytes.Bounds;
import dev.waybill.compare.verdict.Verdict;
import dev.waybill.core.problem.Promise;
import java.util.Arrays;
import java.util.zip.CRC32;

/** Holds any bytes against what a comparison promises: an answer, identical for the same bytes and for no others. */
public final class Fuzzed {
    private static final Bounds SMALL = new Bounds(10_000, 50_000_000, 1100, 8, 200);

    private Fuzzed() {}

    /** The bytes beside themselves, beside a copy with one other byte, and beside one that is cut off. */
    public static void hold(String name, byte[] bytes) throws Exception {
        Promise.hold(() -> assertThat(Told.of(name, bytes, bytes, SMALL).verdict())
                .as("the same bytes")
                .isEqualTo(Verdict.IDENTICAL));
        if (bytes.length == 0) {
            return;
        }
        long choice = choice(bytes);
        byte[] changed = bytes.clone();
        changed[(int) (choice % bytes.length)] ^= (byte) (1 + (choice >>> 24) % 255);
        Promise.hold(() -> different(name, bytes, changed));
        Promise.hold(() -> different(name, Arrays.copyOf(bytes, (int) (choice % bytes.length)), bytes));
    }

    /** The same choice for the same bytes, so that a saved input does again what it did. */
    private static long choice(byte[] bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        return crc.getValue();
    }

    private static void different(String name, byte[] first, byte[] second) {
        Result result = Told.of(name, first, second, SMALL);
        assertThat(result.verdict()).as("other bytes").isNotEqualTo(Verdict.IDENTICAL);
        assertThat(Told.rules(result)).doesNotContain("proof.failed");
        assertThat(result.findings()).isNotEmpty().hasSizeLessThanOrEqualTo(SMALL.findings());
        assertThat(result.proof() != null)
                .as("a proof")
                .isEqualTo(result.verdict().benign());
        assertThat(Told.of(name, second, first, SMALL).verdict().benign())
                .as("the other way round")
                .isEqualTo(result.verdict().benign());
    }
}
