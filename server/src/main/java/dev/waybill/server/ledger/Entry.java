package dev.waybill.server.ledger;

import dev.waybill.core.name.Digest;
import dev.waybill.core.statement.Signed;
import dev.waybill.core.statement.Statement;
import java.time.Instant;

/**
 * One entry of the ledger with its statement.
 *
 * @param index its place, from 0 without gaps
 * @param id the statement's id
 * @param at when this server logged it; the order is that of the index, never that of times
 */
public record Entry(long index, Digest id, Signed signed, Instant at) {
    public Statement statement() {
        return signed.statement();
    }
}
