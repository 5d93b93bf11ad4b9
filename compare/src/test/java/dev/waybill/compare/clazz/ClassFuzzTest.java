package dev.waybill.compare.clazz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.waybill.compare.kit.Fuzzed;

/** Any bytes as a class file. */
class ClassFuzzTest {
    @FuzzTest
    void bytes(byte[] input) throws Exception {
        Fuzzed.hold("A.class", input);
    }
}
