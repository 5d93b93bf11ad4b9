package dev.waybill.compare.codec;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.waybill.compare.kit.Fuzzed;

/** Any bytes as a compressed stream; which one, its first bytes say. */
class PackedFuzzTest {
    @FuzzTest
    void packed(byte[] input) throws Exception {
        Fuzzed.hold("x", input);
    }
}
