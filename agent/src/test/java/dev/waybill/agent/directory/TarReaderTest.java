package dev.waybill.agent.directory;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.core.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class TarReaderTest {
    private static final int BLOCK = 512;

    private final ByteArrayOutputStream tar = new ByteArrayOutputStream();

    @Test
    void files_and_directories_are_read_with_their_bytes() throws IOException {
        entry("dist/", '5', "");
        entry("dist/a", '0', "one");
        end();

        TarReader reader = reader();

        assertThat(next(reader).directory()).isTrue();
        assertThat(next(reader).path()).isEqualTo("dist/a");
        assertThat(reader.content().readAllBytes()).asString().isEqualTo("one");
        assertThat(reader.next()).isNull();
    }

    @Test
    void the_length_of_a_record_counts_and_no_end_of_line_inside_it() throws IOException {
        entry("pax", 'x', record("comment", "x\n11 path=b") + record("path", "dist/a\nb"));
        entry("short", '0', "one");
        end();

        assertThat(next(reader()).path()).isEqualTo("dist/a\nb");
    }

    @Test
    void what_is_cut_off_is_refused_and_no_shorter_release() throws IOException {
        entry("dist/a", '0', "one");
        byte[] whole = tar.toByteArray();

        TarReader reader = new TarReader(new ByteArrayInputStream(whole));
        next(reader);

        refused(reader);
    }

    @Test
    void records_of_a_wrong_length_and_sizes_that_are_none_are_refused() throws IOException {
        for (String records : new String[] {"99 path=a\n", "path=a\n", "9 path=a", "0 a=b\n", record("size", "many")}) {
            tar.reset();
            entry("pax", 'x', records);
            entry("short", '0', "one");
            end();

            refused(reader());
        }
    }

    @Test
    void a_header_with_another_checksum_is_refused() throws IOException {
        entry("dist/a", '0', "one");
        end();
        byte[] altered = tar.toByteArray();
        altered[0] = 'D';

        refused(new TarReader(new ByteArrayInputStream(altered)));
    }

    @Test
    void links_and_devices_are_refused() throws IOException {
        entry("dist/a", '2', "");
        end();

        refused(reader());
    }

    private static void refused(TarReader reader) {
        assertThatThrownBy(reader::next)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code()).isEqualTo("TAR_INVALID"));
    }

    private static TarReader.Entry next(TarReader reader) throws IOException {
        return Objects.requireNonNull(reader.next());
    }

    private TarReader reader() {
        return new TarReader(new ByteArrayInputStream(tar.toByteArray()));
    }

    private static String record(String key, String value) {
        int body = key.length() + value.length() + 3;
        int length = body + Integer.toString(body).length();
        return length + " " + key + "=" + value + "\n";
    }

    private void entry(String name, char type, String content) throws IOException {
        byte[] header = new byte[BLOCK];
        text(header, 0, name);
        text(header, 100, "0000644");
        text(header, 124, String.format(Locale.ROOT, "%011o", content.length()));
        Arrays.fill(header, 148, 156, (byte) ' ');
        header[156] = (byte) type;
        text(header, 257, "ustar");
        int sum = 0;
        for (byte b : header) {
            sum += b & 0xff;
        }
        text(header, 148, String.format(Locale.ROOT, "%06o", sum));
        header[154] = 0;
        tar.write(header);
        tar.write(Arrays.copyOf(content.getBytes(UTF_8), (content.length() + BLOCK - 1) / BLOCK * BLOCK));
    }

    private static void text(byte[] header, int at, String text) {
        System.arraycopy(text.getBytes(UTF_8), 0, header, at, text.length());
    }

    private void end() throws IOException {
        tar.write(new byte[2 * BLOCK]);
    }
}
