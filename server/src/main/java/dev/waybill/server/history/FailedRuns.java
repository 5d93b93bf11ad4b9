package dev.waybill.server.history;

import dev.waybill.core.ledger.Leaf;
import dev.waybill.core.merkle.CompactRange;
import dev.waybill.core.merkle.Hash;
import dev.waybill.core.merkle.Tree;
import dev.waybill.core.name.Digest;
import dev.waybill.core.predicate.TestResult;
import dev.waybill.core.problem.Problem;
import dev.waybill.core.problem.ProblemException;
import dev.waybill.core.statement.PredicateTypes;
import dev.waybill.core.statement.Statement;
import dev.waybill.core.statement.Subject;
import dev.waybill.server.db.Tx;
import dev.waybill.server.ledger.Entry;
import dev.waybill.server.ledger.Ledger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Test runs that did not pass, as the ledger's entries themselves have them and not the rows that find them: each entry is read once,
 * in order, and the tree that they give must be the ledger's own (law 7: negative facts are read from a prefix known to be complete).
 * A row that somebody took out of the index then hides no failure from a gate. Kept for failures alone, which are few.
 */
final class FailedRuns {
    private static final int PAGE = 500;

    private final Ledger ledger;
    private final Map<Digest, List<Run>> runs = new HashMap<>();
    private CompactRange tree = CompactRange.EMPTY;

    /** @param index its place in the ledger */
    private record Run(Digest statement, long index) {}

    FailedRuns(Ledger ledger) {
        this.ledger = ledger;
    }

    /** {@code EVIDENCE_HIDDEN} when a run of these bytes that did not pass is not found by its subject; {@code LEDGER_DAMAGED}. */
    synchronized void requireFound(Tx tx, Digest artifact) {
        read(tx);
        Set<Digest> found = ledger.about(tx, artifact, PredicateTypes.TEST_RESULT).stream()
                .map(Entry::id)
                .collect(Collectors.toSet());
        long size = ledger.tree(tx).size();
        if (hides(artifact, found, size) && tree.size() != size) {
            // Read further than this transaction sees, perhaps from one that came to nothing: read for this one alone.
            forget();
            read(tx);
        }
        if (hides(artifact, found, size)) {
            throw new Problem.Unavailable(
                            "EVIDENCE_HIDDEN",
                            "Reading the test runs of " + artifact,
                            "the ledger has one that did not pass, and the row that finds it is gone.",
                            "Run `waybill ledger verify`, which names the row, and restore the database from a backup.")
                    .exception();
        }
    }

    private boolean hides(Digest artifact, Set<Digest> found, long size) {
        return runs.getOrDefault(artifact, List.of()).stream()
                .anyMatch(run -> run.index() < size && !found.contains(run.statement()));
    }

    /** Reads what there is, so that no gate waits for it. */
    synchronized void readAhead(Tx tx) {
        read(tx);
    }

    /** On to the ledger's end. What was read in a transaction that was rolled back gives another tree, and is read again. */
    private void read(Tx tx) {
        Tree there = ledger.tree(tx);
        if (there.size() < tree.size()) {
            return;
        }
        boolean anew = tree.size() == 0;
        readTo(tx, there.size());
        if (!anew && !tree.tree().equals(there)) {
            forget();
            readTo(tx, there.size());
        }
        if (!tree.tree().equals(there)) {
            forget();
            throw damaged("its entries do not give its tree");
        }
    }

    private void readTo(Tx tx, long size) {
        while (tree.size() < size) {
            List<Entry> page = ledger.after(tx, tree.size() - 1, PAGE);
            if (page.isEmpty() || page.getFirst().index() != tree.size()) {
                long missing = tree.size();
                forget();
                throw damaged("entry " + missing + " is not there");
            }
            List<Hash> leaves = new ArrayList<>();
            for (Entry entry : page) {
                hear(entry);
                leaves.add(Leaf.hash(entry.signed()));
            }
            tree = tree.append(leaves);
        }
    }

    /** Most entries are something else; only this server's own key says what a test gave, and it writes no escapes. */
    private void hear(Entry entry) {
        if (!new String(entry.signed().payload(), StandardCharsets.UTF_8).contains(PredicateTypes.TEST_RESULT)) {
            return;
        }
        Statement statement = entry.statement();
        if (!statement.predicateType().equals(PredicateTypes.TEST_RESULT)
                || statement
                                .predicate(TestResult.class, PredicateTypes.TEST_RESULT)
                                .result()
                        == TestResult.Result.PASSED) {
            return;
        }
        for (Subject subject : statement.subject()) {
            subject.sha256()
                    .ifPresent(artifact -> runs.computeIfAbsent(artifact, a -> new ArrayList<>())
                            .add(new Run(entry.id(), entry.index())));
        }
    }

    private void forget() {
        runs.clear();
        tree = CompactRange.EMPTY;
    }

    private static ProblemException damaged(String what) {
        return new Problem.Unavailable(
                        "LEDGER_DAMAGED",
                        "Reading the ledger for runs that did not pass",
                        what + ".",
                        "Run `waybill ledger verify`, which names the rows that were changed, and restore them from a backup.")
                .exception();
    }
}
