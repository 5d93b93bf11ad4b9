package dev.waybill.server.ledger;

import dev.waybill.core.ledger.Leaf;
import dev.waybill.core.merkle.CompactRange;
import dev.waybill.core.merkle.Hash;
import dev.waybill.core.note.Checkpoint;
import dev.waybill.core.note.LogIdentity;
import dev.waybill.core.note.SignedNote;
import dev.waybill.core.problem.ProblemException;
import dev.waybill.core.statement.Dsse;
import dev.waybill.core.statement.PublicKeys;
import dev.waybill.core.statement.Signed;
import dev.waybill.core.statement.Statement;
import dev.waybill.core.statement.Subject;
import dev.waybill.server.db.Tx;
import dev.waybill.server.tile.CheckpointStore;
import dev.waybill.server.tile.Head;
import dev.waybill.server.tile.LeafRow;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The ledger's rows against each other: statement, signature, key, leaf, tree, checkpoint; each made again from the one before. */
final class LeafAudit {
    private static final int PAGE = 500;

    private final Tx tx;
    private final Ledger ledger;
    private final List<Finding> findings;
    private final List<KnownKey> keys;
    private final Map<Long, Hash> roots = new HashMap<>();
    private CompactRange tree = CompactRange.EMPTY;

    private LeafAudit(Tx tx, Ledger ledger, List<Finding> findings) {
        this.tx = tx;
        this.ledger = ledger;
        this.findings = findings;
        this.keys = keys();
    }

    /** Adds what does not agree and returns how many entries there are. */
    static long check(Tx tx, Ledger ledger, List<Finding> findings) {
        return new LeafAudit(tx, ledger, findings).check();
    }

    private long check() {
        LedgerStore store = ledger.store();
        Head head = store.head(tx);
        List<CheckpointStore.Signed> checkpoints =
                ledger.publisher().checkpoints().all(tx);
        Set<Long> sizes = checkpoints.stream().map(c -> c.tree().size()).collect(Collectors.toSet());
        for (long from = 0; from < head.size(); from += PAGE) {
            long to = Math.min(from + PAGE, head.size());
            Page page = Page.read(tx, store, from, to);
            for (long index = from; index < to; index++) {
                checkEntry(index, page);
                if (sizes.contains(tree.size())) {
                    roots.put(tree.size(), tree.root());
                }
            }
        }
        if (!tree.equals(head.range()) || !tree.root().equals(head.root())) {
            add("ledger_tree", "1", null, "TREE_DIFFERS", "The tree's row is not what the entries give.");
        }
        checkpoints.forEach(this::checkCheckpoint);
        return head.size();
    }

    private void checkEntry(long index, Page page) {
        String row = Long.toString(index);
        LeafRow leaf = page.leaves().get(index);
        Entry entry = page.entries().get(index);
        if (leaf == null) {
            add("ledger_entry", row, index, "ENTRY_MISSING", "The entry is not there.");
        } else if (!Hash.leaf(leaf.body()).equals(leaf.hash())) {
            add("ledger_entry", row, index, "LEAF_HASH_DIFFERS", "The leaf's hash is not that of its bytes.");
        }
        if (leaf != null && entry == null) {
            add("ledger_statement", leaf.statement().hex(), index, "STATEMENT_MISSING", "The statement is not there.");
        }
        if (leaf != null && entry != null) {
            checkStatement(entry, leaf, page.subjects().getOrDefault(index, Set.of()));
        }
        Hash hash = entry != null ? Leaf.hash(entry.signed()) : leaf != null ? Hash.leaf(leaf.body()) : Hash.EMPTY;
        tree = tree.append(hash);
    }

    private void checkStatement(Entry entry, LeafRow leaf, Set<String> subjects) {
        Signed signed = entry.signed();
        long index = entry.index();
        String id = leaf.statement().hex();
        if (!signed.id().equals(leaf.statement())) {
            add("ledger_statement", id, index, "STATEMENT_DIFFERS", "The payload is not the one with this id.");
        }
        if (!Arrays.equals(Leaf.of(signed), leaf.body())) {
            add("ledger_entry", Long.toString(index), index, "LEAF_DIFFERS", "The leaf is not that of the statement.");
        }
        if (!verifies(signed)) {
            add("ledger_statement", id, index, "SIGNATURE_INVALID", "The signature is not over this payload.");
        }
        Statement statement;
        try {
            statement = signed.statement();
        } catch (ProblemException e) {
            add("ledger_statement", id, index, "STATEMENT_INVALID", e.problem().sentence());
            return;
        }
        checkColumns(statement, leaf, subjects);
        checkKey(signed, statement, index);
    }

    private void checkColumns(Statement statement, LeafRow leaf, Set<String> subjects) {
        String row = Long.toString(leaf.index());
        if (!statement.predicateType().equals(leaf.predicateType())) {
            add("ledger_entry", row, leaf.index(), "ROW_DIFFERS", "The column predicate_type is not the statement's.");
        }
        Set<String> expected = statement.subject().stream()
                .map(Subject::sha256)
                .flatMap(Optional::stream)
                .map(digest -> digest + " " + statement.predicateType())
                .collect(Collectors.toSet());
        if (!expected.equals(subjects)) {
            add("ledger_subject", row, leaf.index(), "ROW_DIFFERS", "The subjects are not the statement's.");
        }
    }

    private void checkKey(Signed signed, Statement statement, long index) {
        List<KnownKey> found = KeyRegister.find(keys, signed.publicKey(), index);
        String row = signed.id().hex();
        if (found.isEmpty()) {
            add("ledger_statement", row, index, "KEY_UNKNOWN", "No key in service at this entry made the signature.");
        } else if (found.stream().noneMatch(key -> key.role().maySay(statement.predicateType()))) {
            add(
                    "ledger_statement",
                    row,
                    index,
                    "KEY_ROLE_FORBIDDEN",
                    "A key for " + found.getFirst().role().label() + " may not say " + statement.predicateType() + ".");
        }
    }

    private void checkCheckpoint(CheckpointStore.Signed stored) {
        long size = stored.tree().size();
        try {
            Checkpoint checkpoint =
                    LogIdentity.of(ledger.keys().log().verifier()).open(SignedNote.parse(stored.note()));
            if (!checkpoint.tree().equals(stored.tree())
                    || !Objects.equals(stored.tree().root(), roots.get(size))) {
                add("checkpoint", Long.toString(size), null, "CHECKPOINT_DIFFERS", "It is not over these entries.");
            }
        } catch (ProblemException e) {
            add(
                    "checkpoint",
                    Long.toString(size),
                    null,
                    e.problem().code(),
                    e.problem().sentence());
        }
    }

    private static boolean verifies(Signed signed) {
        try {
            return PublicKeys.verifies(
                    signed.publicKey(),
                    Dsse.preAuthenticationEncoding(Statement.PAYLOAD_TYPE, signed.payload()),
                    signed.signature());
        } catch (ProblemException e) {
            return false;
        }
    }

    private List<KnownKey> keys() {
        try {
            return ledger.register().all(tx);
        } catch (ProblemException e) {
            add(
                    "ledger_statement",
                    "",
                    null,
                    "KEY_STATEMENT_INVALID",
                    e.problem().sentence());
            return List.of();
        }
    }

    private void add(String table, String row, @Nullable Long index, String code, String what) {
        findings.add(new Finding("ledger", table, row, index, code, what));
    }

    /** The rows of some entries, by index. */
    private record Page(Map<Long, LeafRow> leaves, Map<Long, Entry> entries, Map<Long, Set<String>> subjects) {
        static Page read(Tx tx, LedgerStore store, long from, long to) {
            int count = (int) (to - from);
            return new Page(
                    store.leaves(tx, from, count).stream().collect(Collectors.toMap(LeafRow::index, leaf -> leaf)),
                    store.after(tx, Optional.empty(), from - 1, count).stream()
                            .collect(Collectors.toMap(Entry::index, entry -> entry)),
                    store.subjects(tx, from, to));
        }
    }
}
