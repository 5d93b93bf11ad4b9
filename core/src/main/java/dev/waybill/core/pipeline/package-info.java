/**
 * An application's environments, in order, each with the gates before it: read from the short forms that people write,
 * written back in one full form that means the same.
 *
 * <p>Always true: reading the full form of a pipeline gives an equal pipeline; the gates that every policy has and the
 * order of the environments cannot be left out; a mistake is refused with its place and what to write instead.
 *
 * <p>Called by the command line (reading and showing) and the server's promotion room (applying, deciding). Calls policy.
 */
@NullMarked
package dev.waybill.core.pipeline;

import org.jspecify.annotations.NullMarked;
