/**
 * What gates decide from: the statements about a digest and a slot, verified again, and the targets that agents deploy to.
 *
 * <p>Called by promotion, which judges by it and follows the ledger with it, by agent and deploy, which write {@link
 * dev.waybill.server.history.Targets}, and through its hook by registry, whose clients are warned of what is vetoed or
 * superseded. Calls configuration (which pipeline asks for what), release and the floor. Always true: a
 * history comes from one transaction and is complete up to the ledger's size in it; rows only say where in the ledger to
 * look, and what no row knows yet is read from the ledger's end; a statement whose signature does not verify stops the
 * reading, because what it said against the artifact is unknown; an agent counts for its own slots and in its own name.
 */
@NullMarked
package dev.waybill.server.history;

import org.jspecify.annotations.NullMarked;
