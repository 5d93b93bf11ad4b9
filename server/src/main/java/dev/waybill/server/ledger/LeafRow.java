package dev.waybill.server.ledger;

import dev.waybill.core.merkle.Hash;
import dev.waybill.core.name.Digest;

/** What a row says about a leaf: its bytes, their hash and whose statement it is. Nothing of it is checked yet. */
final class LeafRow {
    private final long index;
    private final Hash hash;
    private final byte[] body;
    private final Digest statement;
    private final String predicateType;

    LeafRow(long index, Hash hash, byte[] body, Digest statement, String predicateType) {
        this.index = index;
        this.hash = hash;
        this.body = body.clone();
        this.statement = statement;
        this.predicateType = predicateType;
    }

    long index() {
        return index;
    }

    Hash hash() {
        return hash;
    }

    byte[] body() {
        return body.clone();
    }

    Digest statement() {
        return statement;
    }

    String predicateType() {
        return predicateType;
    }
}
