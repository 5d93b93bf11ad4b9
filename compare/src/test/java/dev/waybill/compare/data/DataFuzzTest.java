package dev.waybill.compare.data;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.waybill.compare.kit.Fuzzed;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Any bytes as a text file that a build writes; its name is the first line and says what it is read as. */
class DataFuzzTest {
    @FuzzTest
    void file(byte[] input) throws Exception {
        int line = new String(input, StandardCharsets.ISO_8859_1).indexOf('\n');
        if (line >= 0) {
            String name = new String(input, 0, Math.min(line, 100), StandardCharsets.ISO_8859_1);
            Fuzzed.hold(name, Arrays.copyOfRange(input, line + 1, input.length));
        }
    }
}
