package dev.waybill.compare.zip;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.waybill.compare.kit.Fuzzed;

/** Any bytes as a jar. */
class ZipFuzzTest {
    @FuzzTest
    void zip(byte[] input) throws Exception {
        Fuzzed.hold("x.jar", input);
    }
}
