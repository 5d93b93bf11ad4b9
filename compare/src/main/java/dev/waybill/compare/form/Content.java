package dev.waybill.compare.form;

import dev.waybill.compare.bytes.Bytes;
import dev.waybill.compare.bytes.Scratch;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Bytes that stand somewhere and may have a form of their own. They are unpacked only when somebody asks. */
public final class Content implements Value {
    /** Gives the bytes, again at each call. */
    @FunctionalInterface
    public interface Opening {
        Bytes open(Scratch scratch) throws IOException;
    }

    private final Place place;
    private final String packed;
    private final Opening opening;
    private @Nullable String sha256;

    /** @param packed equal strings mean equal bytes; empty when only the bytes themselves tell */
    public Content(Place place, String packed, Opening opening) {
        this.place = place;
        this.packed = packed;
        this.opening = opening;
    }

    /** Bytes that are there already. */
    public static Content of(Place place, Bytes bytes) {
        return new Content(place, "", scratch -> bytes);
    }

    public Place place() {
        return place;
    }

    /** The caller releases them. */
    public Bytes open(Scratch scratch) throws IOException {
        return opening.open(scratch);
    }

    /** Whether the two were packed from the same bytes by the same packer; false says nothing. */
    public boolean samePacked(Content other) {
        return this == other || (!packed.isEmpty() && packed.equals(other.packed));
    }

    public String sha256(Scratch scratch) throws IOException {
        String known = sha256;
        if (known == null) {
            Bytes bytes = open(scratch);
            try {
                known = bytes.sha256();
                sha256 = known;
            } finally {
                bytes.release();
            }
        }
        return known;
    }
}
