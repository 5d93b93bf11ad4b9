package dev.waybill.compare.form;

import dev.waybill.compare.bytes.Budget;
import dev.waybill.compare.bytes.Bytes;
import dev.waybill.compare.bytes.Scratch;
import dev.waybill.compare.bytes.Unreadable;
import java.io.IOException;
import java.io.UncheckedIOException;
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
                    return Optional.of(guarded(() -> format.read(bytes, place, this)));
                } catch (Unreadable e) {
                    if (format.certain()) {
                        throw new Unreadable("as " + format.name() + ": " + e.why());
                    }
                }
            }
        }
        return Optional.empty();
    }

    /**
     * Runs a parser. What parsers of others throw at nonsense, and what nesting does to the stack, means that the bytes are
     * broken or not of the format.
     */
    public static Form guarded(Lazy.Making making) throws IOException {
        try {
            return making.make();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (RuntimeException | StackOverflowError e) {
            throw new Unreadable("it is damaged (" + e.getClass().getSimpleName() + ")");
        }
    }
}
