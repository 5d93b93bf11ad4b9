package dev.waybill.compare.form;

import dev.waybill.compare.bytes.Budget;
import dev.waybill.compare.bytes.Bytes;
import dev.waybill.compare.bytes.Scratch;
import dev.waybill.compare.bytes.Unreadable;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** One reading of artifacts: the formats that are known, room for what is unpacked, and what may still be spent. */
public final class Reading {
    private final List<Format> formats;
    private final Scratch scratch;

    public Reading(List<Format> formats, Scratch scratch) {
        this.formats = List.copyOf(formats);
        this.scratch = scratch;
    }

    public Scratch scratch() {
        return scratch;
    }

    public Budget budget() {
        return scratch.budget();
    }

    /**
     * The form of the first format that claims the bytes and can read them; empty for plain bytes.
     *
     * @throws Unreadable when a format that is certain cannot read them
     */
    public Optional<Form> form(Bytes bytes, Place place) throws IOException {
        Format.Look look = new Format.Look(bytes.head(Format.Look.MOST), bytes.size(), place);
        for (Format format : formats) {
            if (format.claims(look)) {
                try {
                    return Optional.of(format.read(bytes, place, this));
                } catch (Unreadable e) {
                    if (format.certain()) {
                        throw new Unreadable("as " + format.name() + ": " + e.why());
                    }
                } catch (IllegalArgumentException | IndexOutOfBoundsException | ArithmeticException e) {
                    // What a parser of others throws at nonsense; the bytes are not of its format, or broken.
                    if (format.certain()) {
                        throw new Unreadable("as " + format.name() + ": it is damaged (" + e.getMessage() + ")");
                    }
                }
            }
        }
        return Optional.empty();
    }
}
