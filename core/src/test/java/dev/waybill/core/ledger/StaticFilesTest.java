package dev.waybill.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.core.merkle.LogAudit;
import dev.waybill.core.merkle.Tile;
import dev.waybill.core.merkle.TileSource;
import dev.waybill.core.problem.ProblemException;
import dev.waybill.core.statement.Signed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What {@link StockToolsTest} asks of programs written elsewhere, asked of our own code, on every machine. */
class StaticFilesTest {
    private static final StaticLedger LEDGER = StaticLedger.ofSize(300);

    @Test
    void the_audit_accepts_the_ledger_and_counts_every_entry() {
        List<Long> progress = new ArrayList<>();
        LogAudit.check(LEDGER.range().tree(), LEDGER::bytes, progress::add);
        assertThat(progress).containsExactly(256L, 300L);
    }

    @Test
    void the_audit_refuses_a_changed_byte_in_any_file_that_the_tree_has() {
        for (Tile tile : dev.waybill.core.merkle.Growth.between(0, 300)) {
            byte[] bytes = LEDGER.bytes(tile).clone();
            bytes[bytes.length / 2] ^= 1;
            Map<String, byte[]> files = new TreeMap<>(LEDGER.files());
            files.put(tile.path(), bytes);
            assertThatThrownBy(() -> LogAudit.check(LEDGER.range().tree(), source(files), done -> {}))
                    .as(tile.path())
                    .isInstanceOf(ProblemException.class)
                    .hasMessageMatching("(?s)(LEDGER_TAMPERED|ENTRY_BUNDLE_INVALID).*");
        }
    }

    @Test
    void the_audit_names_the_entry_that_was_edited() {
        byte[] bundle = LEDGER.bytes(new Tile(Tile.ENTRIES, 0, 256)).clone();
        int length = Leaf.of(LEDGER.provenance(0)).length;
        int at = 0;
        for (int i = 0; i < 100; i++) {
            at += 2 + ((bundle[at] & 0xff) << 8 | (bundle[at + 1] & 0xff));
        }
        bundle[at + 2 + length / 2] ^= 1;
        Map<String, byte[]> files = new TreeMap<>(LEDGER.files());
        files.put("tile/entries/000", bundle);
        assertThatThrownBy(() -> LogAudit.check(LEDGER.range().tree(), source(files), done -> {}))
                .hasMessageContaining("entry 100");
    }

    @Test
    void a_ledger_that_was_rebuilt_without_one_entry_has_another_root() {
        StaticLedger shorter = new StaticLedger();
        List<Signed> kept = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            if (i != 150) {
                kept.add(LEDGER.logged(i).signed());
            }
        }
        kept.add(LEDGER.logged(150).signed());
        shorter.append(kept);
        assertThatThrownBy(() -> LogAudit.check(LEDGER.range().tree(), shorter::bytes, done -> {}))
                .hasMessageStartingWith("LEDGER_TAMPERED");
    }

    private static TileSource source(Map<String, byte[]> files) {
        return tile -> files.getOrDefault(tile.path(), new byte[0]);
    }
}
