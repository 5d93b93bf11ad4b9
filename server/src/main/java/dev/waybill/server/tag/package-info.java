/**
 * Tags: labels of a repository that point at a digest, with the history of each.
 *
 * <p>Called by registry, which sets and removes them together with manifests, by distribution and by artifact, which read
 * them. Calls the ledger and the floor; that a push tagged with a full commit id registers itself comes in from above, through
 * {@link dev.waybill.server.tag.CommitTags}. Always true: nothing is decided on a tag; every move is a fact, signed before
 * and logged in the transaction that moves it; a tag that does not float never comes to mean other bytes, also after it was
 * removed. Whether a manifest is there is the caller's to see to, in the same transaction.
 */
@NullMarked
package dev.waybill.server.tag;

import org.jspecify.annotations.NullMarked;
