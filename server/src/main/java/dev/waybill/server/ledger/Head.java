package dev.waybill.server.ledger;

import dev.waybill.core.merkle.CompactRange;
import dev.waybill.core.merkle.Hash;
import dev.waybill.core.merkle.Tree;

/** What the database says about the tree: its size and root, and what is needed to append to it. */
record Head(long size, Hash root, CompactRange range) {
    Tree tree() {
        return new Tree(size, root);
    }
}
