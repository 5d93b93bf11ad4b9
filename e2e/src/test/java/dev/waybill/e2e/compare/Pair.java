package dev.waybill.e2e.compare;

import dev.waybill.compare.Comparison;
import dev.waybill.compare.FileSubject;
import dev.waybill.compare.Result;
import dev.waybill.compare.bytes.Bounds;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Two artifacts.
 *
 * @param name that both have as files, each in its own directory
 */
@SuppressWarnings("ArrayRecordComponent")
record Pair(String name, byte[] first, byte[] second) {
    /** The other way round. */
    @SuppressWarnings("ArgumentSelectionDefectChecker") // that is the point
    Pair turned() {
        return new Pair(name, second, first);
    }

    Result compared(Path directory) {
        try {
            Path a = Files.createDirectories(directory.resolve("a")).resolve(name);
            Path b = Files.createDirectories(directory.resolve("b")).resolve(name);
            Files.write(a, first);
            Files.write(b, second);
            try (FileSubject one = FileSubject.of(a);
                    FileSubject two = FileSubject.of(b)) {
                return new Comparison(Bounds.DEFAULT).of(one, two);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
