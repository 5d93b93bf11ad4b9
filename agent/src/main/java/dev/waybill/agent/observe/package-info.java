/**
 * What really runs in a target, read from the running thing: which processes work in a release's directory, which of its
 * files they hold open, and what bytes these files have now.
 *
 * <p>Called by the agent. Starts and stops nothing and does not ask the room that does: it reads the operating system, the
 * disk, and the list of files that every release had when it was laid down from verified bytes. Always true: a digest is
 * named only when every file of the release has the bytes that were approved.
 */
@NullMarked
package dev.waybill.agent.observe;

import org.jspecify.annotations.NullMarked;
