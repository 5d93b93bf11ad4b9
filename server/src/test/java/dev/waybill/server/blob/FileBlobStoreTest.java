package dev.waybill.server.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.core.name.Digest;
import dev.waybill.core.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileBlobStoreTest {
    private static final byte[] BYTES = random(700_000);
    private static final Digest DIGEST = Digest.sha256(BYTES);

    @TempDir
    Path directory;

    private final FaultyDisk disk = new FaultyDisk();
    private Path root = Path.of("");
    private FileBlobStore store;

    @BeforeEach
    void open() throws IOException {
        root = directory.resolve("store");
        store = new FileBlobStore(root, disk);
        disk.calls = 0;
    }

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    /** What a source does when it is read. */
    private interface Reading {
        void read() throws IOException, InterruptedException;
    }

    /** A source that does something when it is read, and then ends. */
    private static final class Source extends InputStream {
        private final Reading reading;

        Source(Reading reading) {
            this.reading = reading;
        }

        @Override
        public int read() throws IOException {
            return read(new byte[1], 0, 1);
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            try {
                reading.read();
                return -1;
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }
    }

    private static InputStream stream(byte[] bytes) {
        return new ByteArrayInputStream(bytes);
    }

    private byte[] read(Digest digest) throws IOException {
        try (Blob blob = store.open(digest).orElseThrow()) {
            return blob.bytes(1_000_000);
        }
    }

    private long files(String directory) throws IOException {
        try (var walk = Files.walk(root.resolve(directory))) {
            return walk.filter(Files::isRegularFile).count();
        }
    }

    @Test
    void what_was_put_is_read_and_listed() throws IOException {
        store.put(DIGEST, BYTES);

        assertThat(read(DIGEST)).isEqualTo(BYTES);
        assertThat(store.all()).extracting(BlobStore.Stored::digest).containsExactly(DIGEST);
        assertThat(store.verify(DIGEST)).isTrue();
        assertThat(files("uploads")).isZero();
    }

    @Test
    void an_upload_goes_on_after_a_restart() throws IOException {
        store.begin("ab-1").append(stream(Arrays.copyOf(BYTES, 300_000)), 0);

        store = new FileBlobStore(root);
        Upload upload = store.resume("ab-1").orElseThrow();
        assertThat(upload.received()).isEqualTo(300_000);
        upload.append(stream(Arrays.copyOfRange(BYTES, 300_000, BYTES.length)), 300_000);
        upload.finish(DIGEST);

        assertThat(read(DIGEST)).isEqualTo(BYTES);
    }

    @Test
    void a_source_that_breaks_leaves_what_arrived() throws IOException {
        Upload upload = store.begin("ab-1");
        InputStream broken = new Source(() -> {
            throw new IOException("connection reset");
        });

        assertThatThrownBy(() -> upload.append(new SequenceInputStream(stream(Arrays.copyOf(BYTES, 1000)), broken), 0))
                .isInstanceOf(IOException.class);

        assertThat(upload.received()).isEqualTo(1000);
        upload.append(stream(Arrays.copyOfRange(BYTES, 1000, BYTES.length)), 1000);
        assertThat(upload.finish(DIGEST)).isEqualTo(BYTES.length);
    }

    /** Those that make its directory are among them. */
    private int callsOfTheFirstBlob() throws IOException {
        store.put(DIGEST, BYTES);
        return disk.calls;
    }

    /** A store that never held anything. */
    private void fresh(int number) throws IOException {
        root = directory.resolve("store-" + number);
        store = new FileBlobStore(root, disk);
    }

    /** Each call to the disk fails once in turn: the store says no, has nothing half done, and a second try succeeds. */
    @Test
    void whichever_call_fails_no_blob_has_other_bytes_and_a_second_try_succeeds() throws IOException {
        int calls = callsOfTheFirstBlob();
        assertThat(calls).isGreaterThanOrEqualTo(10);

        for (int i = 0; i < calls; i++) {
            fresh(i);
            disk.failAfter(i, "Input/output error");
            int fault = i;
            assertThatThrownBy(() -> store.put(DIGEST, BYTES))
                    .as("call " + fault)
                    .isInstanceOf(IOException.class);
            disk.heal();
            Optional<Blob> blob = store.open(DIGEST);
            if (blob.isPresent()) {
                blob.get().close();
                assertThat(read(DIGEST)).as("call " + fault).isEqualTo(BYTES);
            }
            assertThat(files("uploads")).as("call " + fault).isZero();

            store.put(DIGEST, BYTES);
            assertThat(store.verify(DIGEST)).isTrue();
            store.delete(DIGEST, BlobStore.Fate.GONE);
        }
    }

    /** Killed before each call in turn: after the restart there is no blob, or the right one. */
    @Test
    void wherever_the_process_is_killed_no_blob_has_other_bytes() throws IOException {
        int calls = callsOfTheFirstBlob();

        for (int i = 0; i < calls; i++) {
            fresh(i);
            disk.dieAfter(i);
            assertThatThrownBy(() -> store.put(DIGEST, BYTES)).isInstanceOf(IOException.class);
            disk.heal();

            store = new FileBlobStore(root, disk);
            assertThat(store.all().findAny().isEmpty() || store.verify(DIGEST))
                    .as("killed at call " + i)
                    .isTrue();
            store.put(DIGEST, BYTES);
            assertThat(store.verify(DIGEST)).isTrue();
            store.delete(DIGEST, BlobStore.Fate.GONE);
        }
    }

    @Test
    void a_write_that_failed_half_done_does_not_count() throws IOException {
        Upload upload = store.begin("ab-1");
        upload.append(stream(Arrays.copyOf(BYTES, 1000)), 0);
        disk.failAfter(1, "Input/output error");
        assertThatThrownBy(() -> upload.append(stream(random(5000)), 1000)).isInstanceOf(IOException.class);
        disk.heal();

        store = new FileBlobStore(root);
        Upload resumed = store.resume("ab-1").orElseThrow();
        assertThat(resumed.received()).isEqualTo(1000);
        resumed.append(stream(Arrays.copyOfRange(BYTES, 1000, BYTES.length)), 1000);
        assertThat(resumed.finish(DIGEST)).isEqualTo(BYTES.length);
    }

    @Test
    void a_full_disk_is_a_refusal_that_loses_nothing() throws IOException {
        store.put(DIGEST, BYTES);
        byte[] more = random(5000);
        disk.failAfter(2, "No space left on device");

        assertThatThrownBy(() -> store.put(Digest.sha256(more), more))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code()).isEqualTo("DISK_FULL"));

        assertThat(store.verify(DIGEST)).isTrue();
        assertThat(store.open(Digest.sha256(more))).isEmpty();
        assertThat(files("uploads")).isZero();
    }

    @Test
    void bytes_with_another_digest_are_refused_and_gone() throws IOException {
        assertThatThrownBy(() -> store.put(DIGEST, random(10)))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code()).isEqualTo("DIGEST_INVALID"));

        assertThat(store.all()).isEmpty();
        assertThat(files("uploads")).isZero();
    }

    @Test
    void an_altered_blob_is_found_and_repaired_by_storing_it_again() throws IOException {
        store.put(DIGEST, BYTES);
        Path file = root.resolve("sha256").resolve(DIGEST.hex().substring(0, 2)).resolve(DIGEST.hex());
        byte[] altered = BYTES.clone();
        altered[350_000] ^= 1;
        Files.write(file, altered);

        assertThat(store.verify(DIGEST)).isFalse();
        store.put(DIGEST, BYTES);

        assertThat(store.verify(DIGEST)).isTrue();
    }

    @Test
    void a_blob_that_ends_early_breaks_the_transfer() throws IOException {
        store.put(DIGEST, BYTES);
        Path file = root.resolve("sha256").resolve(DIGEST.hex().substring(0, 2)).resolve(DIGEST.hex());

        try (Blob blob = store.open(DIGEST).orElseThrow()) {
            Files.write(file, Arrays.copyOf(BYTES, 10));
            assertThatThrownBy(() -> blob.bytes(1_000_000)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void two_writers_do_not_interleave() throws IOException {
        Upload upload = store.begin("ab-1");
        AtomicReference<Throwable> refused = new AtomicReference<>();
        Runnable second = () -> {
            try {
                upload.append(stream(random(5)), -1);
            } catch (IOException | RuntimeException e) {
                refused.set(e);
            }
        };

        upload.append(new Source(() -> Thread.ofPlatform().start(second).join()), 0);

        assertThat(refused.get())
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code()).isEqualTo("UPLOAD_BUSY"));
        assertThat(upload.received()).isZero();
    }

    @Test
    void open_uploads_are_listed_with_the_time_of_their_last_bytes() throws IOException {
        store.begin("ab-1");
        Files.setLastModifiedTime(root.resolve("uploads/ab-1"), FileTime.from(Instant.EPOCH));
        store.begin("ab-2").discard();

        assertThat(new FileBlobStore(root).uploads()).containsExactly(new BlobStore.Open("ab-1", 0, Instant.EPOCH));
    }
}
