/**
 * Commands that ask: running, why, history. Read models from the server, printed so that approved, commanded and observed
 * stay three things. Always true: a verified fact carries a check mark and a claimed one an open circle, with or without
 * colour.
 */
@NullMarked
package dev.waybill.cli.insight;

import org.jspecify.annotations.NullMarked;
