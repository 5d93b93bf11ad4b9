package dev.waybill.compare;

import dev.waybill.compare.bytes.FileBytes;
import dev.waybill.compare.form.Content;
import dev.waybill.compare.form.Place;
import dev.waybill.compare.form.Reading;
import dev.waybill.compare.form.Value;
import java.io.IOException;
import java.nio.file.Path;

/** A file, opened once. */
public final class FileSubject implements Subject {
    private final String name;
    private final FileBytes bytes;

    private FileSubject(String name, FileBytes bytes) {
        this.name = name;
        this.bytes = bytes;
    }

    public static FileSubject of(Path file) throws IOException {
        return new FileSubject(file.getFileName().toString(), FileBytes.of(file));
    }

    @Override
    public Value value(Reading reading) {
        return Content.of(Place.of(name), bytes);
    }

    @Override
    public Result.Identity identity() throws IOException {
        return new Result.Identity(name, bytes.size(), bytes.sha256());
    }

    @Override
    public void close() {
        bytes.close();
    }
}
