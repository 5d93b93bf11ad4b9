package dev.waybill.server.blob;

import java.nio.ByteBuffer;
import java.util.concurrent.ArrayBlockingQueue;
import org.jspecify.annotations.Nullable;

/** Direct buffers of 256 KiB, kept for the next transfer: large ones cost least, and direct memory is slow to come by. */
final class Buffers {
    static final int SIZE = 256 * 1024;

    private static final ArrayBlockingQueue<ByteBuffer> KEPT = new ArrayBlockingQueue<>(64);

    private Buffers() {}

    static ByteBuffer take() {
        @Nullable ByteBuffer kept = KEPT.poll();
        return kept == null ? ByteBuffer.allocateDirect(SIZE) : kept.clear();
    }

    /** Only buffers that nobody writes from any more. */
    static void giveBack(ByteBuffer buffer) {
        KEPT.offer(buffer);
    }
}
