/**
 * Who is asking and what they may do, on the wire. Shape only; the server's identity room decides. Tokens appear in
 * exactly one answer, the one that made them. Shared by server and command line. Always true: a role is its lower-case
 * label (viewer, builder, promoter, approver, configurer, agent, admin); a missing application or environment means all.
 */
@NullMarked
package dev.waybill.api.identity;

import org.jspecify.annotations.NullMarked;
