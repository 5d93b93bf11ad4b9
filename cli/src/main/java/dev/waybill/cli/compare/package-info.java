/**
 * {@code waybill compare}: finds what the words on the command line name, hands it to the compare library and prints what
 * that says.
 *
 * <p>Called by the table of commands. Always true: files and directories need no server and no login; what comes from a
 * server is verified against its digest and deleted afterwards; exit 1 when the verdict is as bad as {@code --fail-on} says,
 * suppressed findings excepted.
 */
@NullMarked
package dev.waybill.cli.compare;

import org.jspecify.annotations.NullMarked;
