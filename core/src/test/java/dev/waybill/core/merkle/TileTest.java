package dev.waybill.core.merkle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TileTest {
    @Test
    void paths_are_those_of_the_specification() {
        assertThat(new Tile(0, 1_234_067, 256).path()).isEqualTo("tile/0/x001/x234/067");
        assertThat(new Tile(Tile.ENTRIES, 273, 112).path()).isEqualTo("tile/entries/273.p/112");
        assertThat(new Tile(1, 1000, 17).path()).isEqualTo("tile/1/x001/000.p/17");
    }

    @Test
    void a_log_of_70000_entries_has_the_tiles_of_the_specification() {
        List<Tile> tiles = Growth.between(0, 70_000);
        assertThat(tiles.stream().filter(t -> t.level() == 0 && t.isFull())).hasSize(273);
        assertThat(tiles)
                .contains(new Tile(0, 273, 112), new Tile(1, 0, 256), new Tile(1, 1, 17), new Tile(2, 0, 1))
                .doesNotContain(new Tile(3, 0, 1));
        assertThat(tiles.stream().filter(t -> t.level() == Tile.ENTRIES)).hasSize(274);
    }

    @Test
    void growing_in_any_steps_gives_the_same_tiles_and_the_same_root() {
        Random random = new Random(6);
        for (int round = 0; round < 4; round++) {
            List<byte[]> entries = entries(random, 1 + random.nextInt(70_000));
            Map<String, byte[]> files = new TreeMap<>();
            CompactRange range = CompactRange.EMPTY;
            while (range.size() < entries.size()) {
                int from = (int) range.size();
                int to = Math.min(entries.size(), from + 1 + random.nextInt(20_000));
                Growth growth = Growth.of(from, entries.subList(from, to), tile -> read(files, tile));
                assertThat(growth.files().keySet()).containsExactlyInAnyOrderElementsOf(Growth.between(from, to));
                growth.files().forEach((tile, bytes) -> files.put(tile.path(), bytes));
                range = range.append(
                        entries.subList(from, to).stream().map(Hash::leaf).toList());
            }
            long size = range.size();
            TileNodes nodes = new TileNodes(size, tile -> read(files, tile));
            assertThat(Proofs.root(size, nodes)).isEqualTo(range.root());
            long index = random.nextInt((int) size);
            Proofs.checkInclusion(
                    index, Hash.leaf(entries.get((int) index)), Proofs.inclusion(index, size, nodes), range.tree());
            Growth.of(0, entries, tile -> read(files, tile))
                    .files()
                    .forEach((tile, bytes) -> assertThat(read(files, tile)).isEqualTo(bytes));
        }
    }

    @Test
    void a_bundle_gives_back_its_entries_and_refuses_any_other_count() {
        List<byte[]> entries = List.of(new byte[0], "a".getBytes(StandardCharsets.UTF_8), new byte[65_535]);
        byte[] bundle = EntryBundle.encode(entries);
        assertThat(EntryBundle.decode(bundle, 3)).usingRecursiveComparison().isEqualTo(entries);
        assertThatThrownBy(() -> EntryBundle.decode(bundle, 2)).hasMessageStartingWith("ENTRY_BUNDLE_INVALID");
        assertThatThrownBy(() -> EntryBundle.decode(java.util.Arrays.copyOf(bundle, bundle.length - 1), 3))
                .hasMessageStartingWith("ENTRY_BUNDLE_INVALID");
        assertThatThrownBy(() -> EntryBundle.encode(List.of(new byte[65_536])))
                .hasMessageStartingWith("LEDGER_ENTRY_TOO_LARGE");
    }

    @Test
    void a_tile_of_the_wrong_length_is_refused() {
        TileNodes nodes = new TileNodes(5, tile -> new byte[tile.width() * Hash.BYTES - 1]);
        assertThatThrownBy(() -> nodes.node(0, 3)).hasMessageStartingWith("TILE_INVALID");
    }

    private static byte[] read(Map<String, byte[]> files, Tile tile) {
        return Objects.requireNonNull(files.get(tile.path()), tile.path());
    }

    private static List<byte[]> entries(Random random, int count) {
        List<byte[]> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] entry = new byte[random.nextInt(12)];
            random.nextBytes(entry);
            entries.add(entry);
        }
        return entries;
    }
}
