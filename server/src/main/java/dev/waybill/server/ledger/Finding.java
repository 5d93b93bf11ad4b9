package dev.waybill.server.ledger;

import org.jspecify.annotations.Nullable;

/**
 * Something that does not agree with the ledger.
 *
 * @param room whose data it is
 * @param table the table or file
 * @param row its key there
 * @param index the ledger entry concerned, null when there is none
 * @param code what kind of disagreement, stable: for example {@code ROW_DIFFERS}, {@code STATEMENT_MISSING}
 * @param what one sentence for people
 */
public record Finding(
        String room, String table, String row, @Nullable Long index, String code, String what) {}
