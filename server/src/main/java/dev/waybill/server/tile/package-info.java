/**
 * Tiles and checkpoints: the ledger as files that anyone can check (C2SP tlog-tiles), derived from the leaves that the
 * database has committed, and the signed checkpoints over them.
 *
 * <p>Called by the ledger alone, which hands it its {@link dev.waybill.server.tile.Leaves}; of statements, keys and subjects
 * it knows nothing. Part of the floor. Always true: bundles and tiles are durable before the note over them is stored, and the
 * note is stored before anyone sees it; a checkpoint never goes back, and everything but it can be derived again with the same
 * bytes; a database that is behind a published checkpoint, or has other entries before it, is named and published no more.
 */
@NullMarked
package dev.waybill.server.tile;

import org.jspecify.annotations.NullMarked;
