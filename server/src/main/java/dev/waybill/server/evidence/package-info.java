/**
 * Evidence about artifacts on its way in: test reports, bills of material, scans. Senders push raw files as blobs of the
 * application's repository and point at them; this room recounts, checks what ties the run to the bytes, signs with the
 * ingest key and logs.
 *
 * <p>Always true: evidence is about a registered artifact; an empty, hostile or contradictory report never becomes a pass;
 * a binding that is stronger than {@code claimed} was checked here, in the transaction that logs it; the raw files that a
 * statement names are kept. {@link dev.waybill.server.evidence.ReferrerFollower} stores what concerns consumers of the bytes
 * as OCI referrers; they follow from the ledger alone and can be made again. What each binding proves stands at {@link dev.waybill.server.evidence.Bindings}.
 */
@NullMarked
package dev.waybill.server.evidence;

import org.jspecify.annotations.NullMarked;
