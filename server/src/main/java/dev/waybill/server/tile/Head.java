package dev.waybill.server.tile;

import dev.waybill.core.merkle.CompactRange;
import dev.waybill.core.merkle.Hash;
import dev.waybill.core.merkle.Tree;

/** What the database says about the tree: its size and root, and what is needed to append to it. */
public record Head(long size, Hash root, CompactRange range) {
    public Tree tree() {
        return new Tree(size, root);
    }
}
