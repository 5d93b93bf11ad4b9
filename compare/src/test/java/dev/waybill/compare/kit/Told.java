package dev.waybill.compare.kit;

import dev.waybill.compare.Comparison;
import dev.waybill.compare.Result;
import dev.waybill.compare.Subject;
import dev.waybill.compare.bytes.Bounds;
import dev.waybill.compare.bytes.HeapBytes;
import dev.waybill.compare.form.Content;
import dev.waybill.compare.form.Place;
import dev.waybill.compare.form.Reading;
import dev.waybill.compare.form.Value;
import dev.waybill.compare.verdict.Rule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Compares bytes under a name, as tests want it. */
public final class Told {
    private Told() {}

    public static Result of(String name, byte[] first, byte[] second) {
        return of(name, first, second, Bounds.DEFAULT);
    }

    public static Result of(String name, byte[] first, byte[] second, Bounds bounds) {
        try {
            return new Comparison(bounds).of(new InMemory(name, first), new InMemory(name, second));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The ids of the rules that were met, sorted. */
    public static List<String> rules(Result result) {
        return result.counts().keySet().stream().map(Rule::id).toList();
    }

    @SuppressWarnings("ArrayRecordComponent")
    private record InMemory(String name, byte[] bytes) implements Subject {
        @Override
        public Value value(Reading reading) {
            return Content.of(Place.of(name), new HeapBytes(bytes));
        }

        @Override
        public Result.Identity identity() throws IOException {
            return new Result.Identity(name, bytes.length, new HeapBytes(bytes).sha256());
        }

        @Override
        public void close() {
            // Memory only.
        }
    }
}
