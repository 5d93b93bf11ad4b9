/**
 * Requests that cannot be honoured, as values: what was tried, what was missing, what to do next, and a code that
 * never changes its meaning. Everyone may throw them; only the edge of a program turns them into a status or a line.
 */
@NullMarked
package dev.waybill.core.problem;

import org.jspecify.annotations.NullMarked;
