package dev.waybill.server.garbage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.core.name.Digest;
import dev.waybill.server.blob.Blob;
import dev.waybill.server.blob.BlobStore;
import dev.waybill.server.blob.FileBlobStore;
import dev.waybill.server.blob.InUse;
import dev.waybill.server.blob.Upload;
import dev.waybill.server.db.Database;
import dev.waybill.server.db.SqliteDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a round does when the disk or somebody who pushes does something meanwhile. */
class ScrubberTest {
    private static final byte[] GOOD = "good".getBytes(StandardCharsets.UTF_8);
    private static final byte[] ALSO = "also good".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path directory;

    private Database database;
    private FileBlobStore blobs;
    private final CheckStore checks = new SqlCheckStore();

    @BeforeEach
    void open() throws IOException {
        database = SqliteDatabase.open(directory.resolve("waybill.db"));
        blobs = new FileBlobStore(directory.resolve("blobs"));
    }

    @AfterEach
    void close() {
        database.close();
    }

    /** What reading a blob as a whole does before it answers. */
    private interface Before {
        void read(Digest digest) throws IOException;
    }

    /** The files, and something that happens while one is read. */
    private record Watched(BlobStore files, Before before) implements BlobStore {
        @Override
        public boolean verify(Digest digest) throws IOException {
            boolean whole = files.verify(digest);
            before.read(digest);
            return whole;
        }

        @Override
        public Upload begin(String id) throws IOException {
            return files.begin(id);
        }

        @Override
        public Optional<Upload> resume(String id) throws IOException {
            return files.resume(id);
        }

        @Override
        public void put(Digest digest, byte[] bytes) throws IOException {
            files.put(digest, bytes);
        }

        @Override
        public Optional<Blob> open(Digest digest) throws IOException {
            return files.open(digest);
        }

        @Override
        public boolean delete(Digest digest, Fate fate) throws IOException {
            return files.delete(digest, fate);
        }

        @Override
        public Stream<Stored> all() {
            return files.all();
        }

        @Override
        public List<Open> uploads() throws IOException {
            return files.uploads();
        }
    }

    private int round(Before before) throws IOException, InterruptedException {
        BlobStore watched = new Watched(blobs, before);
        return new Scrubber(database, watched, checks, new InUse(), Clock.systemUTC()).round(bytes -> true);
    }

    private boolean isChecked(Digest digest) {
        return database.<Boolean>read(tx -> checks.find(tx, digest).isPresent());
    }

    private Path file(Digest digest) {
        return directory.resolve("blobs/sha256/" + digest.hex().substring(0, 2) + "/" + digest.hex());
    }

    @Test
    void bytes_that_a_push_heals_while_the_damaged_ones_are_read_are_not_put_aside() throws Exception {
        Digest digest = Digest.sha256(GOOD);
        blobs.put(digest, GOOD);
        Files.write(file(digest), ALSO);

        int damaged = round(d -> blobs.put(digest, GOOD));

        assertThat(damaged).isZero();
        assertThat(blobs.verify(digest)).isTrue();
    }

    @Test
    void a_file_that_the_disk_does_not_give_neither_ends_the_round_nor_counts_as_read() throws Exception {
        Digest sick = Digest.sha256(GOOD);
        Digest sound = Digest.sha256(ALSO);
        blobs.put(sick, GOOD);
        blobs.put(sound, ALSO);

        int damaged = round(digest -> {
            if (digest.equals(sick)) {
                throw new IOException("Input/output error");
            }
        });

        assertThat(damaged).isEqualTo(1);
        assertThat(isChecked(sound)).isTrue();
        assertThat(isChecked(sick)).isFalse();
        assertThat(blobs.open(sick)).as("it stays where it is").isPresent();
    }

    @Test
    void a_file_of_somebody_else_between_the_blobs_is_left_alone() throws Exception {
        Path theirs = Files.createDirectories(directory.resolve("blobs/sha256/00"));
        Files.write(theirs.resolve(".directory"), GOOD);

        assertThat(blobs.all()).isEmpty();
        assertThat(round(digest -> {})).isZero();
    }
}
