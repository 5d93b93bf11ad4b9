/**
 * Who is an agent, and where: invitations by an admin, enrolment by the host itself with its own key, the targets that an
 * agent deploys to and when each was last heard of, retirement.
 *
 * <p>Called by deploy, which takes what agents say and gives them what shall run, and by running, which counts their silence
 * as deploy does. Calls history, whose gates must know all targets, and the floor. Always true: a name belongs to one key at a time and a key to one name for ever; key, slots,
 * targets and tokens of an agent change together with the statement that says so; what a retired agent said stays, and counts
 * for its own time only.
 */
@NullMarked
package dev.waybill.server.agent;

import org.jspecify.annotations.NullMarked;
