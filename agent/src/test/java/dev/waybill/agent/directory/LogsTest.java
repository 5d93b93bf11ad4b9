package dev.waybill.agent.directory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.agent.store.RealDisk;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LogsTest {
    @TempDir
    Path temporary;

    private Root root = new Root(Path.of("/nowhere"));
    private Logs logs = new Logs(new RealDisk(), root);

    @BeforeEach
    void open() throws IOException {
        root = new Root(temporary);
        logs = new Logs(new RealDisk(), root);
        Files.createDirectories(root.logs());
    }

    private void grow(long number, long size) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(root.log(number).toFile(), "rw")) {
            file.setLength(size);
        }
    }

    @Test
    void a_small_file_goes_on() throws IOException {
        grow(1, Logs.LARGE);

        assertThat(logs.begin(1)).hasSize(Logs.LARGE);
        assertThat(root.oldLog(1)).doesNotExist();
    }

    @Test
    void a_large_file_is_put_aside_in_place_of_the_one_before() throws IOException {
        Files.writeString(root.oldLog(1), "the one before");
        grow(1, Logs.LARGE + 1);

        assertThat(logs.begin(1)).doesNotExist();
        assertThat(root.oldLog(1)).hasSize(Logs.LARGE + 1);
    }

    @Test
    void only_files_of_releases_long_gone_leave() throws IOException {
        for (long number : List.of(1L, 2L, 10L, 11L)) {
            grow(number, 1);
        }
        Files.writeString(root.oldLog(1), "old");
        Path foreign = Files.writeString(root.logs().resolve("notes.log"), "somebody else's");
        Bench bench = new Bench(temporary.resolve("bench"));
        bench.driver().deploy(bench.order(2, Bench.BROKEN));
        List<Kept> kept = new Shelf(new RealDisk(), bench.root).all();

        logs.sweep(10 + Logs.RELEASES, kept);

        try (var left = Files.list(root.logs())) {
            assertThat(left).containsExactlyInAnyOrder(root.log(2), root.log(11), foreign);
        }
    }
}
