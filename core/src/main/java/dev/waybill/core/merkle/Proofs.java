package dev.waybill.core.merkle;

import dev.waybill.core.problem.Problem;
import dev.waybill.core.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;

/** Inclusion and consistency proofs: made as RFC 6962 section 2.1 defines them, checked as RFC 9162 sections 2.1.3.2 and 2.1.4.2 do. */
public final class Proofs {
    /** A proof in a tree of 2^63 leaves is never longer. */
    public static final int MAX_HASHES = 63;

    private Proofs() {}

    /** The root of the first {@code size} leaves. */
    public static Hash root(long size, Nodes nodes) {
        return size == 0 ? Hash.EMPTY : subtree(0, size, nodes);
    }

    /** The audit path of leaf {@code index} in the tree of the first {@code size} leaves, from leaf to root. */
    public static List<Hash> inclusion(long index, long size, Nodes nodes) {
        if (index < 0 || index >= size) {
            throw inclusionInvalid("the leaf " + index + " is not in a tree of " + size + " leaves.");
        }
        List<Hash> path = new ArrayList<>();
        inclusion(index, 0, size, nodes, path);
        return path;
    }

    /** What shows that the first {@code to} leaves begin with the first {@code from}; empty when {@code from} is 0 or {@code to}. */
    public static List<Hash> consistency(long from, long to, Nodes nodes) {
        if (from < 0 || from > to) {
            throw consistencyInvalid("a tree of " + to + " leaves does not contain one of " + from + ".");
        }
        List<Hash> path = new ArrayList<>();
        if (from > 0 && from < to) {
            consistency(from, new Span(0, to), true, nodes, path);
        }
        return path;
    }

    /** The root that this path leads to; {@code INCLUSION_INVALID} when no path of this length fits. RFC 9162 section 2.1.3.2. */
    public static Hash rootFromInclusion(long index, long size, Hash leaf, List<Hash> path) {
        if (index < 0 || index >= size || path.size() > MAX_HASHES) {
            throw inclusionInvalid("leaf " + index + " in a tree of " + size + " leaves with " + path.size()
                    + " hashes is impossible.");
        }
        long node = index;
        long last = size - 1;
        Hash root = leaf;
        for (Hash sibling : path) {
            if (last == 0) {
                throw inclusionInvalid("the proof is longer than the tree is high.");
            }
            if ((node & 1) == 1 || node == last) {
                root = Hash.node(sibling, root);
                while ((node & 1) == 0 && node != 0) {
                    node >>= 1;
                    last >>= 1;
                }
            } else {
                root = Hash.node(root, sibling);
            }
            node >>= 1;
            last >>= 1;
        }
        if (last != 0) {
            throw inclusionInvalid("the proof is shorter than the tree is high.");
        }
        return root;
    }

    /** {@code INCLUSION_INVALID} unless the path leads from the leaf to exactly this root. */
    public static void checkInclusion(long index, Hash leaf, List<Hash> path, Tree tree) {
        if (!rootFromInclusion(index, tree.size(), leaf, path).equals(tree.root())) {
            throw inclusionInvalid("the proof of leaf " + index + " does not lead to the root of the tree of "
                    + tree.size() + " leaves.");
        }
    }

    /** {@code CONSISTENCY_INVALID} unless the later tree is the earlier one with leaves added at its end. RFC 9162 section 2.1.4.2. */
    public static void checkConsistency(Tree from, Tree to, List<Hash> path) {
        if (from.size() > to.size() || path.size() > MAX_HASHES) {
            throw consistencyInvalid("a tree of " + to.size() + " leaves cannot follow one of " + from.size() + ".");
        }
        if (from.size() == 0 || from.size() == to.size()) {
            boolean same = from.size() == 0
                    ? from.root().equals(Hash.EMPTY)
                    : from.root().equals(to.root());
            if (!same || !path.isEmpty()) {
                throw consistencyInvalid("trees of equal size have equal roots, and need no proof.");
            }
            return;
        }
        walk(from, to, path);
    }

    private static void walk(Tree from, Tree to, List<Hash> path) {
        if (path.isEmpty()) {
            throw consistencyInvalid("the proof is empty.");
        }
        boolean exact = Long.bitCount(from.size()) == 1;
        List<Hash> rest = exact ? path : path.subList(1, path.size());
        Hash earlier = exact ? from.root() : path.getFirst();
        Hash later = earlier;
        long node = from.size() - 1;
        long last = to.size() - 1;
        int start = Long.numberOfTrailingZeros(~node);
        node >>= start;
        last >>= start;
        for (Hash hash : rest) {
            if (last == 0) {
                throw consistencyInvalid("the proof is longer than the tree is high.");
            }
            if ((node & 1) == 1 || node == last) {
                earlier = Hash.node(hash, earlier);
                later = Hash.node(hash, later);
                while ((node & 1) == 0 && node != 0) {
                    node >>= 1;
                    last >>= 1;
                }
            } else {
                later = Hash.node(later, hash);
            }
            node >>= 1;
            last >>= 1;
        }
        if (last != 0 || !earlier.equals(from.root()) || !later.equals(to.root())) {
            throw consistencyInvalid(
                    "the tree of " + to.size() + " leaves does not begin with the tree of " + from.size() + ".");
        }
    }

    private record Span(long start, long end) {
        long middle() {
            return start + Long.highestOneBit(end - start - 1);
        }
    }

    private static Hash subtree(long start, long end, Nodes nodes) {
        long size = end - start;
        if (Long.bitCount(size) == 1) {
            int level = Long.numberOfTrailingZeros(size);
            return nodes.node(level, start >> level);
        }
        long middle = new Span(start, end).middle();
        return Hash.node(subtree(start, middle, nodes), subtree(middle, end, nodes));
    }

    private static void inclusion(long index, long start, long end, Nodes nodes, List<Hash> path) {
        if (end - start == 1) {
            return;
        }
        long middle = new Span(start, end).middle();
        if (index < middle) {
            inclusion(index, start, middle, nodes, path);
            path.add(subtree(middle, end, nodes));
        } else {
            inclusion(index, middle, end, nodes, path);
            path.add(subtree(start, middle, nodes));
        }
    }

    private static void consistency(long from, Span span, boolean whole, Nodes nodes, List<Hash> path) {
        if (from == span.end()) {
            if (!whole) {
                path.add(subtree(span.start(), span.end(), nodes));
            }
            return;
        }
        long middle = span.middle();
        if (from <= middle) {
            consistency(from, new Span(span.start(), middle), whole, nodes, path);
            path.add(subtree(middle, span.end(), nodes));
        } else {
            consistency(from, new Span(middle, span.end()), false, nodes, path);
            path.add(subtree(span.start(), middle, nodes));
        }
    }

    private static ProblemException inclusionInvalid(String why) {
        return new Problem.Refused(
                        "INCLUSION_INVALID",
                        "Checking that an entry is in the ledger",
                        why,
                        "Fetch the proof again; if it stays so, keep both and ask who runs the ledger.")
                .exception();
    }

    private static ProblemException consistencyInvalid(String why) {
        return new Problem.Refused(
                        "CONSISTENCY_INVALID",
                        "Checking that the ledger only grew",
                        why,
                        "Keep both checkpoints: together they are the proof that the ledger was changed.")
                .exception();
    }
}
