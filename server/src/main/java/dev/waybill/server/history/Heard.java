package dev.waybill.server.history;

import dev.waybill.core.ledger.Leaf;
import dev.waybill.core.merkle.CompactRange;
import dev.waybill.core.merkle.Hash;
import dev.waybill.core.merkle.Tree;
import dev.waybill.core.name.Digest;
import dev.waybill.core.predicate.TestResult;
import dev.waybill.core.statement.PredicateTypes;
import dev.waybill.core.statement.Statement;
import dev.waybill.core.statement.Subject;
import dev.waybill.server.ledger.Entry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What a stretch of the ledger's entries says against something, taken from their payloads, and the tree that they give. */
final class Heard {
    private final long from;
    private final Set<Place> marks = new HashSet<>();
    private final Map<Digest, List<Place>> failed = new HashMap<>();
    private CompactRange tree;

    /**
     * A statement and where it stands.
     *
     * @param statement the hash of the payload itself, not what its row says
     */
    record Place(long index, Digest statement) {
        static Place of(Entry entry) {
            return new Place(entry.index(), entry.signed().id());
        }
    }

    /** @param tree of the entries before the stretch */
    Heard(CompactRange tree) {
        this.from = tree.size();
        this.tree = tree;
    }

    /** Nothing yet, from the end of this stretch on. */
    Heard end() {
        return new Heard(tree);
    }

    /** The index of the stretch's first entry. */
    long from() {
        return from;
    }

    /** How many entries there are up to its end. */
    long size() {
        return tree.size();
    }

    Tree tree() {
        return tree.tree();
    }

    void hear(List<Entry> page) {
        List<Hash> leaves = new ArrayList<>();
        for (Entry entry : page) {
            hear(entry);
            leaves.add(Leaf.hash(entry.signed()));
        }
        tree = tree.append(leaves);
    }

    /** The stretch that begins where this one ends. */
    void add(Heard next) {
        marks.addAll(next.marks);
        next.failed.forEach((artifact, runs) ->
                failed.computeIfAbsent(artifact, a -> new ArrayList<>()).addAll(runs));
        tree = next.tree;
    }

    /** Marks of any kind, and their ends, before this index. */
    Set<Place> marks(long size) {
        return marks.stream().filter(mark -> mark.index() < size).collect(Collectors.toSet());
    }

    /** Test runs of these bytes that did not pass, before this index. */
    Set<Place> failed(Digest artifact, long size) {
        return failed.getOrDefault(artifact, List.of()).stream()
                .filter(run -> run.index() < size)
                .collect(Collectors.toSet());
    }

    private void hear(Entry entry) {
        if (!mayMatter(new String(entry.signed().payload(), StandardCharsets.UTF_8))) {
            return;
        }
        Statement statement = entry.statement();
        if (statement.predicateType().equals(PredicateTypes.MARK)) {
            marks.add(Place.of(entry));
        } else if (isFailure(statement)) {
            for (Subject subject : statement.subject()) {
                subject.sha256()
                        .ifPresent(artifact -> failed.computeIfAbsent(artifact, a -> new ArrayList<>())
                                .add(Place.of(entry)));
            }
        }
    }

    /** Most entries are something else and need no parsing; whoever writes letters as escapes hides no type by it. */
    private static boolean mayMatter(String payload) {
        return payload.contains(PredicateTypes.MARK)
                || payload.contains(PredicateTypes.TEST_RESULT)
                || payload.contains("\\u")
                || payload.contains("\\/");
    }

    private static boolean isFailure(Statement statement) {
        return statement.predicateType().equals(PredicateTypes.TEST_RESULT)
                && statement
                                .predicate(TestResult.class, PredicateTypes.TEST_RESULT)
                                .result()
                        != TestResult.Result.PASSED;
    }
}
