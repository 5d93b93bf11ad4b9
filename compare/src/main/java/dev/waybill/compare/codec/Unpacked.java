package dev.waybill.compare.codec;

import dev.waybill.compare.bytes.Bytes;
import dev.waybill.compare.bytes.Scratch;
import dev.waybill.compare.form.Content;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Content that is unpacked already; whoever asks a second time, after it was released, gets it unpacked again. */
final class Unpacked implements Content.Opening {
    private final Content.Opening again;
    private @Nullable Bytes ready;

    Unpacked(Bytes ready, Content.Opening again) {
        this.ready = ready;
        this.again = again;
    }

    @Override
    public Bytes open(Scratch scratch) throws IOException {
        Bytes first = ready;
        ready = null;
        return first != null ? first : again.open(scratch);
    }
}
