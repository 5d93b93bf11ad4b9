/**
 * The ledger: every fact is one signed statement, logged once, in the same transaction as the row that shows it (law 6).
 * Part of the floor; any room may append and read, the ledger itself knows no room.
 *
 * <p>SQL is the truth: entries are contiguous from 0 and commit with their tree. Entry bundles, tiles and checkpoints (C2SP
 * tlog-tiles) are derived from it by {@link dev.waybill.server.tile.Publisher}, after the commit. Always true: an appended
 * statement is found by its id and keeps its index; the server's own keys are the first entries; when a published
 * checkpoint is ahead of the database nothing is appended any more ({@code LEDGER_ROLLED_BACK}).
 */
@NullMarked
package dev.waybill.server.ledger;

import org.jspecify.annotations.NullMarked;
