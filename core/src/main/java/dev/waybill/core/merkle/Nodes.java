package dev.waybill.core.merkle;

/** The complete subtrees of a log: wherever they are kept, in memory, in rows or in tiles. */
@FunctionalInterface
public interface Nodes {
    /**
     * The root of the complete subtree over the leaves {@code [index << level, (index + 1) << level)}. Asked only for
     * subtrees that lie wholly inside the log.
     */
    Hash node(int level, long index);
}
