package dev.waybill.server.tile;

import dev.waybill.core.merkle.Hash;
import dev.waybill.core.name.Digest;

/** What a row says about a leaf: its bytes, their hash and whose statement it is. Nothing of it is checked yet. */
public final class LeafRow {
    private final long index;
    private final Hash hash;
    private final byte[] body;
    private final Digest statement;
    private final String predicateType;

    public LeafRow(long index, Hash hash, byte[] body, Digest statement, String predicateType) {
        this.index = index;
        this.hash = hash;
        this.body = body.clone();
        this.statement = statement;
        this.predicateType = predicateType;
    }

    public long index() {
        return index;
    }

    public Hash hash() {
        return hash;
    }

    public byte[] body() {
        return body.clone();
    }

    public Digest statement() {
        return statement;
    }

    public String predicateType() {
        return predicateType;
    }
}
