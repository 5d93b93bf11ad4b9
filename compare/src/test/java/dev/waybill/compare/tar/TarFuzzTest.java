package dev.waybill.compare.tar;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.waybill.compare.kit.Fuzzed;

/** Any bytes as a tar, and as an image in a tar. */
class TarFuzzTest {
    @FuzzTest
    void tar(byte[] input) throws Exception {
        Fuzzed.hold("image.tar", input);
    }
}
