package dev.waybill.compare;

import dev.waybill.compare.form.Reading;
import dev.waybill.compare.form.Value;
import java.io.IOException;

/** One of the things that are compared. */
public interface Subject extends AutoCloseable {
    /** What it consists of, made anew at each call. */
    Value value(Reading reading) throws IOException;

    /** Its name and hash, for results. */
    Result.Identity identity() throws IOException;

    @Override
    void close() throws IOException;
}
