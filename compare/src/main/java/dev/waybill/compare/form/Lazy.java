package dev.waybill.compare.form;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A form that is made only when it differs.
 *
 * @param identity equal identities mean equal forms
 * @param content the bytes of the file that it is about, when it is about one; also the form's part {@link #CONTENT}
 */
public record Lazy(String identity, @Nullable Content content, Making making) implements Value {
    /** The name of the part that is the file itself; it adds no step to a place. */
    public static final String CONTENT = "";

    /** Makes the form. */
    @FunctionalInterface
    public interface Making {
        Form make() throws IOException;

        /** The same, when it is known what it is compared with: what both share need not be made. */
        default Form makeBeside(Lazy other) throws IOException {
            return make();
        }
    }
}
