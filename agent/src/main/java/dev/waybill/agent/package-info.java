/**
 * The agent: the process near the targets. It pulls what shall run there, verifies it itself, applies it through a driver,
 * observes what really runs, and reports both under its own key; in passing it witnesses the ledger.
 *
 * <p>Started by the command line through {@code Main} only. Always true: nothing is applied that a
 * verdict of this environment does not cover; what is reported survives crashes and absence of the server; going back to
 * a kept release needs nobody.
 */
@NullMarked
package dev.waybill.agent;

import org.jspecify.annotations.NullMarked;
