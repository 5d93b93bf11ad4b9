/**
 * Releases as rows show them: artifact and configuration version for one slot, numbered, and what became of each.
 *
 * <p>Written by promotion alone, in the transaction that logs the statement. Read by promotion, history, insight, and by artifact
 * through the lookup that {@link dev.waybill.server.release.Releases} supplies, for references such as
 * {@code production/shop#7}. Calls the floor. Always true: the numbers of a slot have no gaps, and each release names the
 * statement of the one before; nothing of a release changes but its outcome, and a failure is final; {@link
 * dev.waybill.server.release.ReleaseAudit} holds every row against its statement, in both directions.
 */
@NullMarked
package dev.waybill.server.release;

import org.jspecify.annotations.NullMarked;
