package dev.waybill.core.verify;

import dev.waybill.core.name.Digest;
import dev.waybill.core.statement.KeyRole;
import dev.waybill.core.statement.Signed;
import dev.waybill.core.statement.Statement;

/** A statement that a trusted key made and was allowed to make. Whether the ledger holds it is another matter. */
public final class Authentic {
    private final Signed signed;
    private final Statement statement;
    private final TrustedKey key;

    Authentic(Signed signed, Statement statement, TrustedKey key) {
        this.signed = signed;
        this.statement = statement;
        this.key = key;
    }

    public Signed signed() {
        return signed;
    }

    public Digest id() {
        return signed.id();
    }

    public Statement statement() {
        return statement;
    }

    /** Who vouches for it. */
    public TrustedKey key() {
        return key;
    }

    public KeyRole role() {
        return key.role();
    }
}
