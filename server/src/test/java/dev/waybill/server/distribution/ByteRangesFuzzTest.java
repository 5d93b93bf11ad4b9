package dev.waybill.server.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.waybill.core.problem.Promise;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Any text as the Range of a blob and as the Content-Range of a chunk; its first eight bytes are the length. What is given
 * lies inside the blob, and is never more than the blob.
 */
class ByteRangesFuzzTest {
    @FuzzTest
    void header(byte[] input) throws Exception {
        if (input.length < Long.BYTES) {
            return;
        }
        long size = ByteBuffer.wrap(input).getLong() & Long.MAX_VALUE;
        String header = new String(input, Long.BYTES, input.length - Long.BYTES, StandardCharsets.ISO_8859_1);
        Promise.hold(() -> ByteRanges.parse(header, size).ifPresent(parts -> inside(parts, size)));
        Promise.hold(() -> {
            long first = UploadHandler.offset(header, size);
            assertThat(first).isNotNegative();
            assertThat(header.strip()).matches("0*" + (first == 0 ? "" : first) + "-[0-9]+");
        });
    }

    private static void inside(List<ByteRanges.Part> parts, long size) {
        assertThat(parts).isNotEmpty().allMatch(p -> p.first() >= 0 && p.first() <= p.last() && p.last() < size);
        long total = 0;
        for (ByteRanges.Part part : parts) {
            assertThat(part.length()).isPositive();
            total = Math.addExact(total, part.length());
            String again = "bytes=" + part.first() + "-" + part.last();
            assertThat(ByteRanges.parse(again, size)).contains(List.of(part));
        }
        assertThat(total).isLessThanOrEqualTo(size);
    }
}
